"""Codes that began, ended or changed their name become notes."""

from prikk.classifications import load_classifications
from prikk.dissemination import with_history
from prikk.spec import load_spec
from support import project

REGION = """code,parent,label_en,valid_from,valid_to,renamed,former_en
N,,North,,,,
N1,N,Upper,,2024-02-10,,
N2,N,Lower,2024-02-05,,,
S,,South,,,,
S1,S,Shore,,,2024-02-15,Coast
"""


def test_what_happened_within_the_series_is_told(tmp_path):
    spec = load_spec(project(tmp_path, region=REGION))
    told = with_history(spec, load_classifications(spec))
    assert [(n.at["region"], n.text["en"]) for n in told.notes] == [
        ("N1", "Closed on February 10, 2024."),
        ("N2", "New from February 5, 2024."),
        ("S1", "Called “Coast” until February 14, 2024."),
    ]
