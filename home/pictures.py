"""Uploaded pictures without what the camera tells of the person."""

from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps


def without_metadata(file: BinaryIO) -> bytes:
    """The picture of a file, upright, without EXIF, GPS, comments or other metadata.

    The colour profile stays. Animations and files without metadata come back as they are.
    Raises OSError (PIL.UnidentifiedImageError) for what is no picture.
    """
    original = file.read()
    with Image.open(BytesIO(original)) as image:
        if getattr(image, "is_animated", False):
            return original
        upright = ImageOps.exif_transpose(image)
        plain = Image.frombytes(upright.mode, upright.size, upright.tobytes())
        if palette := upright.getpalette():
            plain.putpalette(palette)
        options = {"icc_profile": image.info["icc_profile"]} if "icc_profile" in image.info else {}
        if "transparency" in upright.info:
            options["transparency"] = upright.info["transparency"]
        if image.format == "JPEG":
            options |= {"quality": 92, "optimize": True}
        output = BytesIO()
        plain.save(output, format=image.format, **options)
    return output.getvalue()
