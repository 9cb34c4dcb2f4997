"""What is written for people is true."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot.settings
from bot.errors import SettingsError
from retrieval.__main__ import _parser
from retrieval.settings import Settings

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "retrieval")
README = (ROOT / "README.md").read_text("utf-8")
LOCKS = {
    name: (ROOT / name).read_text("utf-8")
    for name in ("requirements.lock", "requirements-dev.lock")
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("docs_store/*.md")])


def example() -> dict[str, str]:
    """The keys of ``.env.example`` and what it gives them."""
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))


def test_the_example_has_every_key_the_settings_read_and_no_other() -> None:
    code = "".join((ROOT / name / "settings.py").read_text("utf-8") for name in PACKAGES)
    read = set(re.findall(r'get\(\s*"([A-Z_]+)"', code))
    assert read - {"XDG_CACHE_HOME"} == set(example())


@pytest.mark.parametrize("key", ["TELEGRAM_BOT_TOKEN", "TELEGRAM_API_URL", "ADMIN_USER_IDS"])
def test_a_key_that_cannot_be_read_is_named(key: str) -> None:
    with pytest.raises(SettingsError, match=key):
        bot.settings.Settings.from_environment({key: "so wrong"})


def test_the_example_shows_the_defaults() -> None:
    values = example()
    assert bot.settings.Settings.from_environment(values) == bot.settings.Settings()
    assert Settings.from_environment(values) == Settings.from_environment({})


def test_every_key_of_the_example_is_explained() -> None:
    blocks = EXAMPLE.split("\n\n")
    for key in example():
        [block] = [block for block in blocks if f"\n{key}=" in f"\n{block}"]
        assert block.startswith("#"), f"{key} has no explanation"
        assert block.count("=") == block.splitlines()[-1].count("="), "one key a block"


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    # Blocks first: the marks of one would be taken for those around a word.
    code = r"^```(?s:.*?)^```|`[^`\n]+`|^ {4}.*$"
    in_code = "\n".join(re.findall(code, text, re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", in_code)) <= targets()


@pytest.mark.parametrize("target", ["run", "test", "check", "setup", "index", "measure"])
def test_make_has_the_targets_of_the_contract(target: str) -> None:
    assert target in targets()


def subcommands() -> dict[str, str]:
    """The subcommands of ``python -m retrieval``, each with its help."""
    [choices] = [
        action.choices for action in _parser()._actions if isinstance(action.choices, dict)
    ]
    return {name: parser.format_help() for name, parser in choices.items()}


def commands_named(text: str) -> Iterator[tuple[str, list[str]]]:
    for line in re.findall(r"-m retrieval ((?:index|ask|evaluate|\w+)\b[^\n`]*)", text):
        command, *_ = line.split()
        yield command, re.findall(r"--[a-z-]+", line)


def test_the_readme_has_every_command_with_its_options() -> None:
    named: dict[str, set[str]] = {}
    for command, options in commands_named(README):
        named.setdefault(command, set()).update(options)
    for command, text in subcommands().items():
        real = set(re.findall(r"--[a-z-]+", text)) - {"--help"}
        assert named.get(command, set()) == real, f"{command}: {real}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_is_named_exists(page: Path) -> None:
    for command, options in commands_named(page.read_text("utf-8")):
        assert command in subcommands()
        assert all(option in subcommands()[command] for option in options)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_into_the_repository_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
        if not link.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / link).exists(), link


def test_modules_that_are_named_to_run_can_be_run() -> None:
    for module in set(re.findall(r"python -m (bot(?:\.\w+)*)", README)):
        done = subprocess.run(
            [sys.executable, "-m", module, "--help"], cwd=ROOT, capture_output=True, check=False
        )
        assert done.returncode == 0, module


def test_the_python_of_the_readme_runs() -> None:
    for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL):
        compile(block, "README.md", "exec")
        for names in re.findall(r"^from retrieval import (.+)$", block, re.MULTILINE):
            import retrieval

            assert set(names.split(", ")) <= set(retrieval.__all__)


def test_the_readme_explains_how_to_serve_telegram() -> None:
    for word in ("BotFather", "privacy mode", "group", "TELEGRAM_BOT_TOKEN", "ADMIN_USER_IDS"):
        assert word in README, word


def pins(lock: str) -> dict[str, str]:
    """Each pinned package with its block of the lock."""
    blocks = re.split(r"\n(?=\S)", LOCKS[lock].strip())
    return {block.split("==")[0].split("[")[0].lower(): block for block in blocks}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_everything_with_hashes_and_names_no_registry(lock: str) -> None:
    assert len(pins(lock)) > 50
    for name, block in pins(lock).items():
        assert re.match(r"[a-z0-9.-]+(\[[a-z,-]+\])?==[\w.!+-]+", block), name
        assert "--hash=sha256:" in block, name
    assert "://" not in LOCKS[lock]
    assert not re.search(r"^--|@ ", LOCKS[lock], re.MULTILINE)


@pytest.mark.parametrize(
    ("lock", "extras"),
    [("requirements.lock", ["setup"]), ("requirements-dev.lock", ["setup", "dev"])],
)
def test_a_lock_has_all_that_the_project_depends_on(lock: str, extras: list[str]) -> None:
    optional = [name for extra in extras for name in PROJECT["optional-dependencies"][extra]]
    for wanted in [*PROJECT["dependencies"], *optional]:
        match = re.match(r"([A-Za-z0-9.-]+)(?:\[[^\]]*\])?(==[\w.]+)?", wanted)
        assert match
        name = match[1].lower()
        assert name in pins(lock), name
        if match[2]:
            assert f"{name}{match[2]}" in pins(lock)[name], wanted


def test_what_is_tested_is_what_runs() -> None:
    developing = pins("requirements-dev.lock")
    for name, block in pins("requirements.lock").items():
        assert developing[name] == block, name


def test_the_changelog_begins_with_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    versions = re.findall(r"^## \[?v?(\d+\.\d+\.\d+)", changelog, re.MULTILINE)
    assert versions[0] == PROJECT["version"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_names_a_folder_of_somebodys_machine(page: Path) -> None:
    assert not re.search(r"(?<![\w.:/-])/(?:work|home|root|tmp|Users)/", page.read_text("utf-8"))
