"""Uploaded pictures without what the camera tells of the person."""

from io import BytesIO
from typing import Any, BinaryIO

from PIL import Image, ImageOps, ImageSequence


def without_metadata(file: BinaryIO) -> bytes:
    """The picture of a file, upright, without EXIF, GPS, comments or other metadata.

    The colour profile stays, and animations move on. Of the several frames that some telephones
    write into one file (MPO) the picture itself is kept, as JPEG. Raises OSError
    (PIL.UnidentifiedImageError) for what is no picture.
    """
    with Image.open(file) as image:
        image_format = "JPEG" if image.format == "MPO" else image.format
        options: dict[str, Any] = {"exif": b""}
        if "icc_profile" in image.info:
            options["icc_profile"] = image.info["icc_profile"]
        if image_format == "JPEG":
            options |= {"quality": 92, "optimize": True}
        if image_format != "JPEG" and getattr(image, "is_animated", False):
            frames = [_plain(frame) for frame in ImageSequence.Iterator(image)]
            options |= {
                "save_all": True,
                "append_images": frames[1:],
                "duration": image.info.get("duration", 100),
                "loop": image.info.get("loop", 0),
            }
        else:
            frames = [_plain(ImageOps.exif_transpose(image))]
        output = BytesIO()
        frames[0].save(output, format=image_format, **options)
    return output.getvalue()


def _plain(image: Image.Image) -> Image.Image:
    """The pixels alone, with palette and transparency."""
    plain = Image.frombytes(image.mode, image.size, image.tobytes())
    if palette := image.getpalette():
        plain.putpalette(palette)
    if "transparency" in image.info:
        plain.info["transparency"] = image.info["transparency"]
    return plain
