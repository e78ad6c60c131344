"""A harvester that others wrote takes the collection from a live server."""

import pytest
from pytest_django.live_server_helper import LiveServer
from sickle import Sickle
from sickle.oaiexceptions import BadArgument, IdDoesNotExist, NoRecordsMatch

from practices.models import HarvestHeader, PracticePage
from practices.oai import collection
from tests.factories import make_practice, translate

from .conftest import LONG_AGO

PREFIX = {"metadataPrefix": "oai_dc"}


@pytest.fixture
def harvester(site_data: None, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Sickle:
    """A harvester that gets ten records at once."""
    monkeypatch.setattr(collection, "AT_ONCE", 10)
    HarvestHeader.objects.update(datestamp=LONG_AGO)
    return Sickle(f"{live_server.url}/oai/")


def test_the_whole_collection_is_harvested(harvester: Sickle) -> None:
    assert harvester.Identify().deletedRecord == "persistent"
    assert [one.metadataPrefix for one in harvester.ListMetadataFormats()] == ["oai_dc"]
    records = list(harvester.ListRecords(**PREFIX))
    public = PracticePage.objects.published().select_related("record")
    assert {record.header.identifier.rpartition(":")[2] for record in records} == {
        practice.record.code for practice in public
    }
    assert len(records) == 24
    titles = {title for record in records for title in record.metadata["title"]}
    assert titles == {version.title for version in PracticePage.objects.public()}


def test_news_are_harvested_with_what_was_withdrawn(harvester: Sickle) -> None:
    new = make_practice(published=True, slug="nueva", title="Nueva")
    translate(new, published=True, title="Novidade")
    gone = PracticePage.objects.originals().filter(country="cl").first()
    assert gone is not None
    code = gone.code
    gone.delete()
    news = {
        record.header.identifier.rpartition(":")[2]: record
        for record in harvester.ListRecords(**PREFIX, **{"from": "2021-01-01"})
    }
    assert news.keys() == {new.code, code}
    assert news[code].deleted
    assert news[new.code].metadata["title"] == ["Nueva", "Novidade"]
    kept = harvester.ListRecords(**PREFIX, ignore_deleted=True)
    assert len(list(kept)) == 24
    with pytest.raises(NoRecordsMatch):
        harvester.ListRecords(**PREFIX, until="2019-01-01")


def test_sets_are_harvested(harvester: Sickle) -> None:
    found: dict[str, int] = {}
    for one in harvester.ListSets():
        try:
            found[one.setSpec] = len(list(harvester.ListIdentifiers(**PREFIX, set=one.setSpec)))
        except NoRecordsMatch:
            found[one.setSpec] = 0
    assert found["country"] == found["theme"] == 24
    assert found["country:cl"] == PracticePage.objects.published().in_country(["cl"]).count()


def test_the_harvester_is_told_what_is_wrong(harvester: Sickle) -> None:
    with pytest.raises(IdDoesNotExist):
        harvester.GetRecord(**PREFIX, identifier="oai:osumi.test:NADA-1")
    with pytest.raises(BadArgument):
        harvester.ListRecords(**PREFIX, **{"from": "ayer"})
