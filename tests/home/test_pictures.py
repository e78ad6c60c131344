"""Uploaded pictures lose what the camera tells; the picture itself stays as it looks."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from home.models import CustomImage
from home.pictures import without_metadata

RED, BLUE = (200, 30, 30), (30, 30, 200)


def photo(image_format: str = "JPEG", **options: Any) -> bytes:
    """A picture of 40 × 20 pixels, left half red, whose EXIF says: turn it, by Ana, near Lima."""
    image = Image.new("RGB", (40, 20), BLUE)
    image.paste(RED, (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: rotate 90° clockwise to see it upright
    exif[0x013B] = "Ana Quispe"
    exif.get_ifd(0x8825)[2] = (12.0, 2.0, 47.0)
    output = BytesIO()
    image.save(output, format=image_format, exif=exif, **options)
    return output.getvalue()


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_metadata_goes_and_orientation_is_applied(image_format: str) -> None:
    cleaned = without_metadata(BytesIO(photo(image_format)))
    with Image.open(BytesIO(cleaned)) as image:
        assert image.format == image_format
        assert image.size == (20, 40)
        assert not image.getexif()
        top = image.convert("RGB").getpixel((10, 5))
        assert isinstance(top, tuple)
        assert top[0] > top[2]
    assert b"Quispe" not in cleaned


def test_palette_and_transparency_stay() -> None:
    image = Image.new("P", (4, 4))
    image.putpalette([255, 0, 0, 0, 255, 0])
    image.putpixel((0, 0), 1)
    source = BytesIO()
    image.save(source, format="PNG", transparency=0)
    with Image.open(BytesIO(without_metadata(BytesIO(source.getvalue())))) as cleaned:
        pixels = cleaned.convert("RGBA")
        assert pixels.getpixel((0, 0)) == (0, 255, 0, 255)
        assert pixels.getpixel((1, 1)) == (255, 0, 0, 0)


def test_the_colour_profile_stays() -> None:
    with Image.open(BytesIO(photo(icc_profile=b"profile"))) as image:
        assert image.info["icc_profile"] == b"profile"
    with Image.open(BytesIO(without_metadata(BytesIO(photo(icc_profile=b"profile"))))) as image:
        assert image.info["icc_profile"] == b"profile"


@pytest.mark.parametrize("image_format", ["GIF", "WEBP", "PNG", "AVIF"])
def test_animations_go_on_without_metadata(image_format: str) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in (RED, BLUE)]
    exif = Image.Exif()
    exif[0x013B] = "Ana Quispe"
    options: dict[str, Any] = (
        {"comment": b"Ana Quispe"} if image_format == "GIF" else {"exif": exif}
    )
    source = BytesIO()
    frames[0].save(
        source,
        format=image_format,
        save_all=True,
        append_images=frames[1:],
        duration=200,
        **options,
    )
    assert b"Quispe" in source.getvalue()
    cleaned = without_metadata(BytesIO(source.getvalue()))
    assert b"Quispe" not in cleaned
    with Image.open(BytesIO(cleaned)) as image:
        assert image.format == image_format
        assert getattr(image, "n_frames", 1) == 2


def test_photos_of_several_frames_are_cleaned() -> None:
    with Image.open(BytesIO(photo())) as image:
        source = BytesIO()
        image.save(source, format="MPO", save_all=True, append_images=[image], exif=image.getexif())
    assert b"Quispe" in source.getvalue()
    cleaned = without_metadata(BytesIO(source.getvalue()))
    assert b"Quispe" not in cleaned
    with Image.open(BytesIO(cleaned)) as image:
        assert image.format == "JPEG"


@pytest.mark.django_db
def test_uploading_in_the_admin_cleans_the_file(superuser_client: Client) -> None:
    file = SimpleUploadedFile("foto.jpg", photo(), content_type="image/jpeg")
    response = superuser_client.post(
        reverse("wagtailimages:add"),
        {"title": "Foto", "file": file, "collection": "1", "credit": "Cancillería"},
    )
    assert response.status_code == 302
    image = CustomImage.objects.get(title="Foto")
    with image.file.open() as stored:
        content = stored.read()
    assert b"Quispe" not in content
    assert (image.width, image.height) == (20, 40)
    assert image.file_size == len(content)
    assert image.credit == "Cancillería"
    rendition = image.get_rendition("format-jpeg|width-10")
    with rendition.file.open() as stored:
        assert b"Quispe" not in stored.read()


@pytest.mark.django_db
def test_renaming_leaves_the_file_alone(superuser_client: Client) -> None:
    image = CustomImage.objects.exclude(credit="").first()
    assert image
    before = image.file.name
    image.title = "Otro título"
    image.save()
    assert CustomImage.objects.get(pk=image.pk).file.name == before
