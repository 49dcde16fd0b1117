"""Seeded inputs: skeletons and pictures chosen to exercise edge cases of the algorithms."""
import numpy as np

SIZES = [(512, 512), (512, 768), (333, 517), (64, 48), (2048, 1536)]
HUGE = [(8192, 64), (8192, 4096)]
LAYOUT = {"body": 18, "left_hand": 21, "right_hand": 21, "face": 70, "feet": 6}


def skeletons(count, seed=20240914):
    """(width, height, people); a person maps each part to (x, y) from 0 to 1, or None."""
    random = np.random.default_rng(seed)
    for index in range(count):
        width, height = HUGE[index - count] if index >= count - len(HUGE) else SIZES[index % len(SIZES)]
        kind = KINDS[index // len(SIZES) % len(KINDS)]
        crowd = 1 + index % 3
        yield width, height, [person(random, kind, width, height) for _ in range(crowd)]


def person(random, kind, width, height):
    # The feet were added later, with their own random stream, so as not to change the other parts.
    streams = {"feet": random.spawn(1)[0]}
    return {part: points(streams.get(part, random), kind, count, width, height) for part, count in LAYOUT.items()}


def points(random, kind, count, width, height):
    present = np.ones(count, bool)
    where = random.uniform(0, 1, (count, 2))
    if kind == "partial":
        present = random.uniform(size=count) > 0.4
    elif kind == "offcanvas":
        where = random.uniform(-1.5, 2.5, (count, 2))
    elif kind == "border":
        where = random.choice([-0.02, -0.005, 0.0, 0.003, 0.5, 0.997, 1.0, 1.02], (count, 2))
    elif kind == "coincident":
        where = np.repeat(random.uniform(0, 1, (1, 2)), count, axis=0)
        where += random.choice([0.0, 0.0, 0.01], (count, 2))
    elif kind == "small":
        where = random.uniform(0, 1, (1, 2)) + random.uniform(-0.04, 0.04, (count, 2))
    elif kind == "whole":
        size = np.array([width, height])
        where = random.integers(-3, size + 3, (count, 2)) / size
    elif kind == "axes":
        where = random.uniform(0, 1, (1, 2)) + random.choice([0, 0.125, 0.25], (count, 2))
    elif kind == "degenerate":
        present = random.uniform(size=count) > 0.9
    if kind != "random" and count != 18 and random.uniform() < 0.2:
        return None
    return [tuple(map(float, p)) if here else None for p, here in zip(where, present)]


KINDS = ["random", "partial", "offcanvas", "border", "coincident", "small", "whole", "axes",
         "degenerate"]


def pictures(count, seed=7):
    """(RGB picture, low, high)."""
    random = np.random.default_rng(seed)
    sizes = [(1, 1), (1, 9), (9, 1), (2, 2), (3, 5), (31, 33), (64, 64), (101, 77), (257, 255), (640, 480)]
    thresholds = [(100, 200), (100, 200), (50, 200), (200, 100), (0, 0), (99.7, 200.2), (-5, 3000)]
    for index in range(count):
        width, height = sizes[index % len(sizes)]
        kind = index // len(sizes) % 5
        yield picture(random, kind, width, height), *thresholds[index % len(thresholds)]


# Grow and feather.
EDGES = [(1, 0), (7, 0), (-3, 0), (0, 8), (5, 9), (-4, 3), (40, 64)]


def masks(count, seed=11):
    """Return black-and-white pictures of blobs, including an all-black and an all-white one."""
    random = np.random.default_rng(seed)
    for index in range(count):
        height, width = random.integers(1, 200, 2)
        y, x = np.mgrid[0:height, 0:width]
        inside = np.zeros((height, width), bool)
        for _ in range(random.integers(1, 6)):
            where, radius = random.uniform(0, 1, 2) * [width, height], random.uniform(0, 40)
            inside |= np.hypot(x - where[0], y - where[1]) < radius
        yield np.full((height, width), 255 * (index == 1), np.uint8) if index < 2 else inside.astype(np.uint8) * 255


# The arguments with which model families call cv2.Canny, in addition to the annotators' own.
DETECTORS = [(3, "L1", False), (3, "L2", False), (5, "L1", False), (5, "L2", False), (7, "L1", False), (7, "L2", False),
             (3, "L1", True), (5, "L2", True)]


def picture(random, kind, width, height):
    y, x = np.mgrid[0:height, 0:width]
    if kind == 0:
        return random.integers(0, 256, (height, width, 3), dtype=np.uint8)
    if kind == 1:  # ramps whose slopes tie between channels
        return np.stack([x * 9, y * 9, (x + y) * 9], -1).astype(np.uint8)
    if kind == 2:  # flat patches: long straight edges in the eight directions
        patches = (x // 8 + y // 8) % 2 * 120 + (abs(x - y) // 16 % 2) * 90
        return np.stack([patches, patches[::-1], patches], -1).astype(np.uint8)
    if kind == 3:  # few levels: many equal neighbors
        return random.choice(np.array([0, 40, 80], np.uint8), (height, width, 3))
    shade = 127 + 120 * np.sin(x / 7 + np.cos(y / 5)) * np.exp(-((x - y) / 90.0) ** 2)
    return np.stack([shade, shade * 0.8, 255 - shade], -1).astype(np.uint8)
