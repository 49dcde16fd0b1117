"""Prints which share of the pixels that either of two pictures covers both cover.

usage: agreement.py ONE.png OTHER.png
"""
import sys

import cv2

one, other = (cv2.imread(path, cv2.IMREAD_UNCHANGED) > 0 for path in sys.argv[1:3])
print((one & other).sum() / (one | other).sum())
