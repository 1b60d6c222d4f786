"""Decoder of codes in pictures: two engines over a ladder of treatments, all of it for a still, one step per live frame."""

import os

# OpenCV reads it when it is first imported; the drivers log trouble with cameras and files themselves.
os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")
