"""The form, and the page that says why there is no report. They need no script."""

from __future__ import annotations

from html import escape

from prikk.serve.upload._words import WORDS, Words


def form(language: str, title: str, root: str, most: int) -> str:
    """The page with the form; ``most`` is how many bytes a file may have."""
    say = WORDS[language]
    kinds = say.kinds.format(most=f"{most / 1e6:g}")
    return _page(
        language,
        f"{say.title} – {title}",
        f"""<h1>{escape(say.title)}</h1>
<p>{escape(say.intro)}</p>
<form method="post" action="{escape(root)}/audit?lang={language}" enctype="multipart/form-data">
<p><label for="file">{escape(say.file)}</label><br>
<input type="file" id="file" name="file" required aria-describedby="kinds"><br>
<small id="kinds">{escape(kinds)}</small></p>
<p><label for="threshold">{escape(say.threshold)}</label><br>
<input type="number" id="threshold" name="threshold" min="2" max="1000" aria-describedby="default"><br>
<small id="default">{escape(say.threshold_help)}</small></p>
<p><label for="zeros">{escape(say.zeros)}</label><br>
<select id="zeros" name="zeros">
<option value="">{escape(say.as_found)}</option>
<option value="hidden">{escape(say.zeros_hidden)}</option>
<option value="shown">{escape(say.zeros_shown)}</option>
</select></p>
<p><button type="submit">{escape(say.send)}</button></p>
</form>
<p>{escape(say.promise)}</p>""",
    )


def message(language: str, text: str, words: str, root: str) -> str:
    """The page instead of a report: what happened, and what the audit said of the file."""
    say: Words = WORDS[language]
    more = f"<pre>{escape(words)}</pre>\n" if words else ""
    again = f'<p><a href="{escape(root)}/audit?lang={language}">{escape(say.again)}</a></p>'
    return _page(language, say.title, f"<h1>{escape(text)}</h1>\n{more}{again}")


def _page(language: str, title: str, main: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
        f"</head>\n<body>\n<main>\n{main}\n</main>\n</body>\n</html>\n"
    )
