"""What belongs to every page of a table: signs, notes, dates, and who made it."""

from __future__ import annotations

from typing import Any

from prikk.serve.browse._asked import Asked
from prikk.serve.browse._pages import site_address, table_address


def about(asked: Asked) -> dict[str, Any]:
    """The part of a context that all pages of a table share."""
    release, writing, language, root = asked.release, asked.writing, asked.language, asked.root
    due = next((writing.date(u.due) for u in asked.catalogue.upcoming if u.release is release), "")
    facts = release.facts
    return {
        "must_know": facts.must_know[language],
        "good_to_know": facts.good_to_know[language],
        "release": release,
        "published": writing.published(),
        "next_release": due,
        "publisher": writing.text("publisher"),
        "source": writing.text("source"),
        "contact": facts.contact,
        "contact_name": facts.contact.name.get(language, "") if facts.contact else "",
        "licence": facts.licence,
        "releases_href": table_address(root, language, release.id, "/releases"),
        "site_href": site_address(root, release) if (release.folder / "index.html").is_file() else "",
        "table_feed": f"{root}/feeds/{release.id}.atom?lang={language}",
    }
