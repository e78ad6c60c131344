"""The network of museums of docs/plugin.md, in the site that the guide made."""

import pytest

from .conftest import Site
from .recipe import steps

pytestmark = [pytest.mark.xdist_group("wheel"), pytest.mark.one_database]


@pytest.fixture(scope="module")
def museums(site: Site) -> Site:
    """The site, once it was given to museums; it had a practice before."""
    if "OSUMI-PER-0001" not in site.run("python manage.py shell", stdin=CODES):
        site.shell("first_practice.txt", COUNTRY="pe")
    for step in steps("Another organisation"):
        site.follow(step)
    site.shell("first_practice.txt", COUNTRY="xa")
    return site


CODES = """from practices.models import PracticeRecord
print([record.code for record in PracticeRecord.objects.all()])
"""


def test_nothing_is_left_to_do(museums: Site) -> None:
    assert "no issues" in museums.run("python manage.py check --fail-level WARNING")
    museums.run("python manage.py makemigrations --check --dry-run")


def test_one_item_more_and_one_less(museums: Site) -> None:
    assert museums.shell("museums.txt").endswith("as it should be\n")
