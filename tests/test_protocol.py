"""The SPARQL 1.1 Protocol and the Graph Store Protocol, case by case (tests/protocol/*.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from serving import Served, serving

from cfm_kg.store import parse_file, write_store

FOLDER = Path(__file__).with_name("protocol")
Case = Mapping[str, Any]
CASES: list[Case] = [
    case
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
W3C = {
    *(
        "bad_query_method",
        "bad_multiple_queries",
        "bad_query_wrong_media_type",
        "bad_query_missing_form_type",
    ),
    *("bad_query_missing_direct_type", "bad_query_non_utf8", "bad_query_syntax", "query_post_form"),
    *("query_dataset_default_graph", "query_dataset_default_graphs_get", "query_dataset_default_graphs_post"),
    *("query_dataset_named_graphs_post", "query_dataset_named_graphs_get", "query_dataset_full"),
    *("query_multiple_dataset", "query_get", "query_content_type_select", "query_content_type_ask"),
    *("query_content_type_describe", "query_content_type_construct", "query_post_direct"),
    *(
        "bad_update_get",
        "bad_multiple_updates",
        "bad_update_wrong_media_type",
        "bad_update_missing_form_type",
    ),
    *("bad_update_non_utf8", "update_post_form", "update_post_direct"),
}
"""The W3C's tests that mean something to an endpoint for reading."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    store = tmp_path_factory.mktemp("protocol") / "store"
    write_store(parse_file(FOLDER / "data.trig"), store)
    with serving(store, "--parallel", "2") as server:
        yield server


def test_no_case_of_the_w3c_is_missing() -> None:
    assert len(CASES) > 90
    assert {case["w3c"] for case in CASES if "w3c" in case} == W3C
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_case(case: Case, served: Served) -> None:
    send, expect = case["send"], case["expect"]
    response = _sent(served.client, send)
    statuses = expect["status"] if isinstance(expect["status"], list) else [expect["status"]]
    assert response.status_code in statuses, response.text
    media = response.headers.get("content-type", "").partition(";")[0]
    types = expect.get("type", media)
    assert media in (types if isinstance(types, list) else [types])
    _check_body(response, expect)
    for name, value in expect.get("headers", {}).items():
        assert value in re.split(r",\s*", response.headers[name])
    assert response.status_code < 500
    assert "Traceback" not in response.text


def _check_body(response: httpx.Response, expect: Case) -> None:
    if "truth" in expect:
        assert response.json()["boolean"] is expect["truth"]
    if "values" in expect:
        rows = response.json()["results"]["bindings"]
        assert [next(iter(row.values()))["value"] for row in rows] == expect["values"]
    assert expect.get("says", "") in response.text
    assert "lacks" not in expect or expect["lacks"] not in response.text
    assert "body" not in expect or response.text == expect["body"]
    assert not expect.get("empty") or response.content == b""


def _sent(client: httpx.Client, send: Case) -> httpx.Response:
    headers = dict(send.get("headers", {}))
    content = None
    if "body" in send:
        content = send["body"].encode(send.get("encoding", "utf-8"))
        if send["type"] is not None:
            headers["Content-Type"] = send["type"]
    method = send.get("method", "POST" if "body" in send or "form" in send else "GET")
    return client.request(
        method,
        send.get("path", "sparql") + ("?" + send["raw"] if "raw" in send else ""),
        params=send.get("query"),
        data=send.get("form"),
        content=content,
        headers=headers,
    )
