from __future__ import annotations

import json

import pandas
import pytest
from django.test import Client
from pxweb import PxApi
from pyaxis import pyaxis
from pyjstat import pyjstat

from kela_kunta.base import clock
from stats.pxweb.answering import MOST_CELLS
from tests.stats.pages.counted import year_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def years(db):
    year_of(2017)
    year_of(2018, times=2)


@pytest.fixture
def ask(years):
    def asked(path: str, body=None):
        client = Client()
        if body is None:
            return client.get(f"/api/pxweb/v2/{path}")
        text = body if isinstance(body, str) else json.dumps(body)
        return client.post(f"/api/pxweb/v2/{path}", text, content_type="application/json")

    return asked


def counts(answer) -> dict[tuple[str, ...], int | None]:
    """The cells of an answer by the codes of all its variables but the contents."""
    told = answer.json()
    assert answer.status_code == 200, told
    frame = pyjstat.Dataset.read(json.dumps(told)).write("dataframe", naming="id")
    names = [name for name in told["id"] if name != "ContentsCode"]
    return {tuple(row[:-1]): row[-1] for row in frame[[*names, "value"]].itertuples(index=False)}


@pytest.fixture
def px(transactional_db, live_server) -> PxApi:
    year_of(2017)
    year_of(2018, times=2)
    return PxApi(f"{live_server.url}/api/pxweb/v2", language="sv")


@pytest.mark.filterwarnings("ignore")
def test_a_client_library_of_version_2_finds_describes_and_reads_everything(px):
    assert px.number_of_tables == len(px.all_tables()) == 7
    assert [table["id"] for table in px.search(query="kommun")["tables"]] == ["municipalities"]
    assert px.get_paths() == [{"id": "kela_kunta", "label": px.get_paths()[0]["label"]}]
    assert len(px.tables_on_path("kela_kunta")) == 7
    variables = px.get_table_variables("regions")
    assert list(variables) == ["type", "region", "year", "ContentsCode"]
    assert variables["region"]["category"]["label"]["06"] == "Birkaland"
    assert (variables["region"]["elimination"], variables["year"]["elimination"]) == (True, False)
    [listed] = variables["region"]["codelists"]
    assert {"code": "06", "label": "Birkaland"} in px.get_code_list(listed["id"])["values"]
    rows = px.get_table_data("regions", {"year": ["*"], "region": ["0*"], "ContentsCode": "count"})
    labels = variables["region"]["label"], variables["year"]["label"]
    told = {(row[labels[0]], row[labels[1]]): row["value"] for row in rows}
    assert told["Birkaland", "2017"] == 100 + 60 + 3 + 9 + 50
    assert told["Nyland", "2018"] == 2 * (400 + 90 + 70)
    whole = px.get_table_data_all("municipalities", show="code")
    assert len(whole) == 6 * len(px.get_table_variables("municipalities")["municipality"]["category"]["label"]) * 2
    today = px.get_table_data(
        "regions", {"year": "2017", "region": "06"}, code_list={"region": "region_today"}, show="code"
    )
    assert [row["value"] for row in today] == [222]


@pytest.mark.filterwarnings("ignore")
def test_readers_of_json_stat_px_and_csv_read_an_address(px, live_server):
    address = f"{live_server.url}/api/pxweb/v2/tables/regions/data?lang=fi&valueCodes[year]=*&valueCodes[region]=*"
    by_region = pyjstat.Dataset.read(address).write("dataframe").set_index(["Maakunta", "Vuosi"])["value"]
    assert by_region["Uusimaa", "2017"] == 560
    px_file = pyaxis.parse(f"{address}&outputFormat=px", encoding="utf-8-sig")["DATA"].set_index(["Maakunta", "Vuosi"])
    assert px_file["DATA"]["Uusimaa", "2018"] == "1120"
    table = pandas.read_csv(f"{address}&outputFormat=csv").set_index("Maakunta")
    assert list(table.loc["Uusimaa"]) == [560, 1120]
    workbook = pandas.read_excel(f"{address}&outputFormat=xlsx", dtype={"region": str})
    assert workbook[(workbook["region"] == "01") & (workbook["year"] == 2017)].iloc[0, -1] == 560


@pytest.mark.filterwarnings("ignore:Shouldn't use:DeprecationWarning")
def test_what_is_left_out_is_summed_over_and_small_counts_are_not_told(ask):
    assert counts(ask("tables/municipalities/data?valueCodes[year]=2017")) == {("2017",): 788}
    told = counts(ask("tables/municipalities/data?valueCodes[year]=2017&valueCodes[municipality]=091,562,536"))
    assert told["091", "2017"] == 560
    assert told["562", "2017"] != told["562", "2017"]  # neither 3 nor anything else


@pytest.mark.filterwarnings("ignore:Shouldn't use:DeprecationWarning")
def test_a_body_asks_the_same_as_an_address(ask):
    by_address = ask(
        "tables/regions/data?valuecodes[year]=top(1)&valuecodes[type]=*&valuecodes[region]=06,range(04,01)"
    )
    body = {
        "selection": [
            {"variableCode": "year", "valueCodes": ["2018"]},
            {"variableCode": "type", "valueCodes": ["*"]},
            {"variableCode": "region", "valueCodes": ["01", "04", "06"]},
        ]
    }
    assert counts(by_address) == counts(ask("tables/regions/data", body))
    assert counts(by_address)["under_25", "06", "2018"] == 100


@pytest.mark.filterwarnings("ignore:Shouldn't use:DeprecationWarning")
def test_without_a_question_the_latest_time_is_answered(ask):
    assert counts(ask("tables/regions/data"))["supplementary_application", "01", "2018"] == 980
    assert {time for *_rest, time in counts(ask("tables/months/data"))} == {"2018M12"}


@pytest.mark.filterwarnings("ignore:Shouldn't use:DeprecationWarning")
def test_months_urgency_and_outcomes_are_told_by_region(ask):
    months = counts(ask("tables/months/data?valueCodes[month]=2017*&valueCodes[type]=under_25"))
    assert sum(count for count in months.values() if count == count) in (126, 0)
    urgent = counts(ask("tables/urgency/data?valueCodes[year]=2018&valueCodes[urgent]=true&valueCodes[region]=01"))
    assert urgent == {("01", "true", "2018"): 180}
    outcomes = counts(ask("tables/outcomes/data?valueCodes[year]=2018&valueCodes[outcome]=*&valueCodes[region]=01"))
    assert outcomes["01", "rejected", "2018"] == 980


@pytest.mark.parametrize(("lang", "uusimaa"), [("fi", "Uusimaa"), ("sv", "Nyland"), ("en", "Uusimaa")])
def test_everything_is_told_in_three_languages(ask, lang, uusimaa):
    answer = ask(f"tables/regions/metadata?lang={lang}")
    assert answer.headers["Content-Language"] == lang
    told = answer.json()
    assert told["dimension"]["region"]["category"]["label"]["01"] == uusimaa
    assert told["extension"]["px"]["language"] == lang
    assert ask(f"tables?lang={lang}").json()["language"] == lang
    assert told["value"] == []


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("tables/nothing", 404, "Non-existent table"),
        ("tables/nothing/metadata", 404, "Non-existent table"),
        ("tables/nothing/data", 404, "Non-existent table"),
        ("codelists/nothing", 400, "Non-existent codelist"),
        ("tables?pageNumber=9", 404, "Non-existent page"),
        ("tables?pageSize=x", 400, "Parameter error"),
        ("tables?lang=de", 400, "Unsupported language"),
        ("tables/regions/data?valueCodes[place]=01", 400, "Non-existent variable"),
        ("tables/regions/data?valueCodes[year]=1999", 400, "Non-existent value"),
        ("tables/regions/data?valueCodes[year]=top(x)", 400, "Illegal selection expression"),
        ("tables/regions/data?valueCodes[region]=01", 400, "Missing selection for mandatory variable"),
        ("tables/regions/data?valueCodes[year]=2017&codelist[region]=x", 400, "Non-existent codelist"),
        ("tables/counties/data?valueCodes[year]=2017&codelist[county]=region_today", 400, "Non-existent codelist"),
        ("tables/regions/data?outputFormat=parquet", 400, "Unsupported output format"),
        ("tables/regions/data?outputFormat=csv&outputFormatParams=pretty", 400, "Unsupported output format"),
        ("tables/regions/data?outputFormat=csv&heading=place", 400, "Non-existent variable"),
    ],
)
def test_what_cannot_be_answered_is_told_as_the_specification_says(ask, path, status, title):
    answer = ask(path)
    assert (answer.status_code, answer.json()["title"]) == (status, title)
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "body",
    ["{", "[]", "[" * 50_000, {"selection": 1}, {"selection": [1]}, {"selection": [{}]}, {"selection": [{"variableCode": 1}]},
     {"selection": [{"variableCode": "year", "valueCodes": "2017"}]},
     {"selection": [{"variableCode": "year", "valueCodes": [2017]}]},
     {"selection": [{"variableCode": "year", "valueCodes": ["2017"], "codelist": {"a": 1}}]},
     {"selection": [{"variableCode": "\ud800", "valueCodes": ["\u0000"]}]},
     {"selection": [{"variableCode": "year", "valueCodes": ["2017"] * 2000}]},
     {"selection": [{"variableCode": "year", "valueCodes": ["*" * 1000]}]},
     {"selection": [{"variableCode": "year", "valueCodes": ["2017"]}], "placement": {"heading": 7}},
     {"selection": [{"variableCode": "year", "valueCodes": ["2017"]}], "placement": [7]}],
)  # fmt: skip
def test_a_body_that_makes_no_sense_is_refused_and_breaks_nothing(ask, body):
    assert ask("tables/regions/data", body).status_code == 400


def test_too_many_cells_are_refused(ask, monkeypatch):
    monkeypatch.setattr("stats.pxweb.answering.MOST_CELLS", 5)
    answer = ask("tables/regions/data?valueCodes[year]=*&valueCodes[region]=*")
    assert (answer.status_code, answer.json()["title"]) == (400, "Too many cells selected")
    assert ask("config").json()["maxDataCells"] == MOST_CELLS


def test_who_calls_too_often_is_told_to_wait_and_told_the_limit_before(ask, settings, db):
    settings.STATISTICS_CALLS_PER_MINUTE = 3
    assert ask("config").json()["maxCallsPerTimeWindow"] == 3
    answers = [ask("tables") for _time in range(4)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) >= 1


def test_pages_of_the_list_lead_to_each_other(ask):
    page = ask("tables?pageSize=3&pageNumber=2&query=type&lang=en").json()
    assert [len(page["tables"]), page["page"]["totalPages"], page["page"]["totalElements"]] == [3, 3, 7]
    links = {link["rel"]: link["href"] for link in page["page"]["links"]}
    assert set(links) == {"prev", "next", "last"}
    assert "pagesize=3" in links["next"]
    assert ask("tables?pastDays=1").json()["tables"] == []


def test_a_year_under_way_tells_regions_only(ask):
    this = clock.today().year
    year_of(this)
    of = {name: ask(f"tables/{name}").json()["lastPeriod"] for name in ("regions", "municipalities", "months")}
    assert of == {"regions": str(this), "municipalities": "2018", "months": "2018M12"}


def test_forms_beside_json_stat(ask):
    answer = ask("tables/urgency/data?valueCodes[year]=*&valueCodes[urgent]=*&outputFormat=csv&lang=en")
    assert answer.content.decode("utf-8-sig").splitlines() == [
        '"Urgency","Referrals 2017","Referrals 2018"',
        '"Urgent",150,300',
        '"Not urgent",638,1276',
    ]
    down = ask(
        "tables/urgency/data?valueCodes[year]=2017&valueCodes[urgent]=true&outputFormat=csv&lang=en"
        "&stub=urgent,year&outputFormatParams=SeparatorSemicolon,UseCodes,IncludeTitle"
    )
    assert down.content.decode("utf-8-sig").splitlines()[2:] == ['"urgent";"year";"Referrals"', '"true";"2017";150']
    assert b"DATA=" in ask("tables/urgency/data?outputFormat=px").content
    assert ask("tables/urgency/data?outputFormat=xlsx").content.startswith(b"PK")
    assert ask("tables/urgency/data?outputFormat=json-px").json()["columns"][-1]["type"] == "c"


def test_before_anything_was_counted_there_is_nothing_but_tables(db):
    told = Client().get("/api/pxweb/v2/tables").json()
    assert [table["lastPeriod"] for table in told["tables"]] == [""] * 7
    assert Client().get("/api/pxweb/v2/tables/regions/metadata").status_code == 200
    assert Client().get("/api/pxweb/v2/tables/regions/data").status_code == 400


def test_whoever_is_logged_in_reads_no_more_than_everybody(ask, as_, analyst):
    path = "tables/municipalities/data?valueCodes[year]=2017&valueCodes[municipality]=*"
    assert as_(analyst).get(f"/api/pxweb/v2/{path}").json() == ask(path).json()
