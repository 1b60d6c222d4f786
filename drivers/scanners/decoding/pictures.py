"""Conversion of pictures for the decoder: one channel of eight bits, whatever the format was. Pure."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]


def grey(image: NDArray[Any]) -> Picture:
    """Eight bits and one channel of grey, BGR or BGRA (laid on white); empty if `image` is not a picture."""
    if image.ndim == 3 and image.shape[2] == 1:
        image = image[:, :, 0]
    colours = image.shape[2] if image.ndim == 3 else 0
    if image.ndim not in {2, 3} or 0 in image.shape or colours not in {0, 3, 4}:
        return np.zeros((0, 0), np.uint8)
    levels = _levels(image)
    if colours == 0:
        return levels
    if colours == 3:
        return np.asarray(cv2.cvtColor(levels, cv2.COLOR_BGR2GRAY), np.uint8)
    cover = levels[:, :, 3].astype(np.uint16)
    ink = cv2.cvtColor(levels, cv2.COLOR_BGRA2GRAY).astype(np.uint16)
    return ((ink * cover + 255 * (255 - cover)) // 255).astype(np.uint8)


def _levels(image: NDArray[Any]) -> Picture:
    match image.dtype.kind, image.dtype.itemsize:
        case "u", 1:
            return np.asarray(image, np.uint8)
        case "b", _:
            return image.astype(np.uint8) * 255
        case "u", 2:
            return (image >> 8).astype(np.uint8)
        case _:
            return np.clip(np.nan_to_num(image.astype(np.float64)), 0, 255).astype(np.uint8)
