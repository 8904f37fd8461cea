"""The rules of the house (docs/architecture.md), each one a test."""

import ast
import os
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 40
MAX_SCRIPT_LINES = 150
# Tables of data may be longer: nobody reads them top to bottom.
DATA_FILES = {"articles/photos/agencies.py"}
TOP_LEVEL = {
    "manage.py", "newsroom", "articles", "reactions", "templates", "static", "tests",
    "requirements.txt", "README.md", "LICENSE", "CHANGELOG.md", "pyproject.toml",
    "requirements-dev.txt", "Makefile", "Procfile", "docs", "deploy",
}  # fmt: skip
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)",
    re.IGNORECASE,
)
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|oklch|oklab|lab|lch|hwb)\(")


# What .gitignore names: not ours to judge. A user's copy may lie there without git.
NOT_OURS = {"var", "htmlcov", "node_modules", "__pycache__"}


def tracked(*patterns: str) -> list[Path]:
    """The project's files that fit one of the patterns ("articles/*.py" reaches into its folders)."""
    found = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [
            f for f in folders if f not in NOT_OURS and (not f.startswith(".") or f == ".ci")
        ]
        paths = [Path(folder, file).relative_to(ROOT) for file in files if not file.startswith(".")]
        found += [ROOT / p for p in paths if any(fnmatch(p.as_posix(), each) for each in patterns)]
    return found


def product(*patterns: str) -> list[Path]:
    return [path for path in tracked(*patterns) if "migrations" not in path.parts]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_top_level_holds_what_the_plan_says_and_nothing_else() -> None:
    tops = {path.relative_to(ROOT).parts[0] for path in tracked("*")}
    assert {top for top in tops if not top.startswith(".")} <= TOP_LEVEL


def test_no_python_file_is_over_300_lines() -> None:
    long = {
        name(path): lines
        for path in product("*.py")
        if (lines := len(path.read_text().splitlines())) > MAX_FILE_LINES
        and name(path) not in DATA_FILES
    }
    assert not long


def test_no_function_is_over_40_lines() -> None:
    long = []
    for path in product("newsroom/*.py", "articles/*.py", "reactions/*.py", "manage.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > MAX_FUNCTION_LINES:
                    long.append(f"{name(path)}: {node.name} has {lines}")
    assert not long


def test_nothing_is_marked_safe_outside_the_html_library() -> None:
    marked = [
        name(path)
        for path in product("*.py", "*.html")
        if name(path) != "newsroom/lib/html.py"
        and not name(path).startswith("tests/")
        and re.search(r"\bmark_safe\b|\|\s*safe\b|autoescape off", path.read_text())
    ]
    assert not marked


def test_no_view_is_exempt_from_csrf_but_the_vote() -> None:
    exempt = {name(path) for path in product("*.py") if "csrf_exempt" in path.read_text()}
    allowed = {"reactions/views/voting.py", "reactions/views/privacy.py"}
    assert {path for path in exempt if not path.startswith("tests/")} == allowed


def test_no_template_holds_inline_script_or_style() -> None:
    inline = {
        name(path): found.group(0)
        for path in product("*.html")
        if (found := INLINE.search(path.read_text()))
    }
    assert not inline


def test_colours_stand_in_tokens_css_only() -> None:
    """And in tints.css, which holds the photos' own and is written by articles/photos/tint.py."""
    literal = {
        name(path): found.group(0)
        for path in product("static/css/*.css")
        if path.name not in {"tokens.css", "tints.css"}
        and (found := COLOUR.search(path.read_text()))
    }
    assert not literal


def test_scripts_are_small_modules() -> None:
    long = [
        name(path)
        for path in product("static/js/*.js")
        if len(path.read_text().splitlines()) > MAX_SCRIPT_LINES
    ]
    assert not long


def test_nothing_stored_is_compiled_as_a_template() -> None:
    """Template syntax in a headline stays text: no Template(…) over data, no {% include variable %}."""
    compiled = [
        name(path)
        for path in product("newsroom/*.py", "articles/*.py", "reactions/*.py")
        if re.search(r"\bTemplate\(|from_string\(", path.read_text())
    ]
    assert not compiled


@pytest.mark.parametrize("variable", ["settings", "docs"])
def test_every_setting_has_a_row_in_the_docs_and_the_other_way_round(variable: str) -> None:
    names = ["settings", "settings_celery", "settings_reactions", "paths", "embedding"]
    code = "".join((ROOT / "newsroom" / f"{part}.py").read_text() for part in names)
    read = set(re.findall(r"env\.env_\w+\(\s*\"(\w+)\"", code))
    rows = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/settings.md").read_text(), re.MULTILINE))
    assert not (read - rows if variable == "settings" else rows - read)


def test_every_index_says_which_query_it_serves() -> None:
    unexplained = []
    for path in product("articles/models/*.py", "reactions/models/*.py"):
        lines = path.read_text().splitlines()
        unexplained += [
            f"{name(path)}:{number + 1}"
            for number, line in enumerate(lines)
            if "models.Index(" in line and "#" not in lines[number - 1]
        ]
    assert not unexplained


def test_public_is_defined_once() -> None:
    """Only the QuerySet and the verbs name the published status; everything else asks published()."""
    allowed = {"articles/models/article.py", "articles/actions/publishing.py"}
    elsewhere = [
        name(path)
        for path in product("articles/*.py", "reactions/*.py", "newsroom/*.py")
        if name(path) not in allowed and "Status.PUBLISHED" in path.read_text()
    ]
    assert not elsewhere
