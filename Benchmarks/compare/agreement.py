"""Print the share of the pixels covered by either of two pictures that both cover.

usage: agreement.py ONE.png OTHER.png
"""
import sys

import cv2

one, other = (cv2.imread(path, cv2.IMREAD_UNCHANGED) > 0 for path in sys.argv[1:3])
print((one & other).sum() / (one | other).sum())
