"""Reads codes from pictures: two engines over a ladder of treatments, the whole of it for a still, a part at a time live."""

import os

# OpenCV reads it when it is first imported; its warnings about cameras and files are told by their drivers instead.
os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")
