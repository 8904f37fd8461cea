"""What WP Reactions keeps in WordPress's tables, in all its versions. Pure.

Reactions are rows of `{prefix}wpreactions_reacted_users`: up to 1.2 with `reacted_to` (a slot,
'reaction1' to 'reaction7', which the settings fill with an emoji), from 1.3.0 on with `emoji_id`;
Pro adds `post_type`, and its ids are not Lite's. `bind_id` is a post's number or a shortcode's name.
Post meta `_wpra_start_counts` holds numbers that an editor made up; `_wpra_show_emojis` says
whether the post has a bar at all.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from reactions.old_counts.php import NotSerialized, numbers_of

REACTED, POSTMETA, OPTIONS, EMOJIS = (
    "wpreactions_reacted_users", "postmeta", "options", "wpreactions_emojis",
)  # fmt: skip
WANTED = {
    REACTED: (
        "bind_id", "react_id", "reacted_to", "reacted_date", "emoji_id", "user_id",
    ),
    POSTMETA: ("post_id", "meta_key", "meta_value"),
    OPTIONS: ("option_name", "option_value"),
    EMOJIS: ("id", "name"),
}  # fmt: skip
FAKE_COUNTS, SHOW, FAKE_SHARES = "_wpra_start_counts", "_wpra_show_emojis", "_wpra_fake_share_count"
LITE_OPTIONS, PRO_LAYOUT, PRO_OPTIONS = "wpra_lite_options", "wpra_layout", "wpra_options_"
PRO_ONLY = ("wpra_settings", "wpra_global_activation", PRO_LAYOUT)
POST_ID = re.compile(r"0*([1-9]\d{0,17})")
EMOJI = re.compile(r"(?:emoji[-_]?)?0*([1-9]\d{0,4})")
SLOT = re.compile(r"reaction[-_]?0*([1-9]\d?)")
DATE = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?")
MAX_FAKE = 10**12


class SettingsUnreadable(ValueError):
    """Post meta or an option that is not as the plugin writes it; its text says which."""


COLOURS = {"badge": "count_color", "badge_text": "count_text_color"}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the plugin's options say: the question, emoji ids by slot, in order, and the badge's
    colours as reactions.set_style names them.
    """

    question: str
    slots: Mapping[int, str]
    colours: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """What one site's tables hold beside the reactions."""

    rows: int = 0
    is_pro: bool = False
    fakes: dict[int, dict[str, int]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    fake_shares: int = 0
    options: dict[str, str] = field(default_factory=dict)
    emoji_names: dict[str, str] = field(default_factory=dict)

    @property
    def says_something(self) -> bool:
        return bool(self.rows or self.fakes or self.hidden or self.options)

    def __add__(self, other: "Site") -> "Site":
        return Site(
            rows=self.rows + other.rows,
            is_pro=self.is_pro or other.is_pro,
            fakes=self.fakes | other.fakes,
            hidden=self.hidden | other.hidden,
            fake_shares=self.fake_shares + other.fake_shares,
            options=self.options | other.options,
            emoji_names=self.emoji_names | other.emoji_names,
        )

    def learn_meta(self, post: str | None, key: str | None, value: str | None) -> None:
        """One row of post meta. Raises SettingsUnreadable."""
        found = POST_ID.fullmatch(post or "")
        if found is None or key not in {FAKE_COUNTS, SHOW, FAKE_SHARES}:
            return
        number = int(found[1])
        if key == SHOW and value == "false":
            self.hidden.add(number)
        elif key == FAKE_COUNTS and value:
            counts = {k: n for k, n in _fake_counts(number, value).items() if n > 0}
            if counts:
                self.fakes[number] = counts
        elif key == FAKE_SHARES and (value or "0") != "0":
            self.fake_shares += 1

    def learn_option(self, name: str | None, value: str | None) -> None:
        if name == LITE_OPTIONS or (name or "").startswith((PRO_OPTIONS, *PRO_ONLY)):
            self.options[name or ""] = value or ""
            self.is_pro |= name != LITE_OPTIONS

    def settings(self) -> Settings | None:
        """Of the layout that is on; None where the tables hold no settings. Raises SettingsUnreadable."""
        layouts = [f"{PRO_OPTIONS}{self.options.get(PRO_LAYOUT, 'regular')}", LITE_OPTIONS]
        layouts += sorted(name for name in self.options if name.startswith(PRO_OPTIONS))
        name = next((each for each in layouts if self.options.get(each)), "")
        return _settings(name, self.options[name]) if name else None


def post_of(bind_id: str | None) -> int | None:
    """The post's number; None for a shortcode's name, 'preview' and the like."""
    found = POST_ID.fullmatch((bind_id or "").strip())
    return int(found[1]) if found else None


def emoji_of(emoji_id: str | None, reacted_to: str | None) -> str:
    """Which emoji: "8" for an id, "reaction3" for a slot, else what stands there.

    Where both are set, the id counts: the plugin itself went by it.
    """
    for text in (emoji_id, reacted_to):
        if not text or text == "0":
            continue
        for pattern, prefix in ((EMOJI, ""), (SLOT, "reaction")):
            found = pattern.fullmatch(text.strip())
            if found:
                return prefix + found[1]
        return text.strip()[:40]
    return "(none)"


def slot_of(emoji: str) -> int | None:
    found = SLOT.fullmatch(emoji)
    return int(found[1]) if found else None


def voter_of(react_id: str | None, user_id: str | None) -> str:
    """Who: the plugin's cookie, else the account; empty where the row says neither."""
    if react_id and react_id.strip():
        return react_id.strip()[:100]
    return f"user:{user_id}" if user_id and user_id != "0" else ""


def date_of(text: str | None) -> str:
    """The date as YYYY-MM-DD HH:MM:SS; empty for none (MySQL: 0000-00-00 00:00:00)."""
    found = DATE.fullmatch((text or "").strip())
    return f"{found[1]} {found[2]}" if found and not found[1].startswith("0000") else ""


def _fake_counts(post: int, value: str) -> dict[str, int]:
    try:
        numbers = numbers_of(value) if value.lstrip()[:1] in {"a", "s"} else _json_numbers(value)
    except (NotSerialized, ValueError, TypeError, AttributeError) as error:
        words = f"{FAKE_COUNTS} of post {post} can't be read ({error}): {value[:60]}"
        raise SettingsUnreadable(words) from error
    return {emoji_of(key, None): min(n, MAX_FAKE) for key, n in numbers.items()}


def _json_numbers(value: str) -> dict[str, int]:
    return {str(key): int(n or 0) for key, n in json.loads(value).items()}


def _settings(name: str, value: str) -> Settings:
    try:
        options = json.loads(value)
        emojis = options.get("emojis") or {}
        if isinstance(emojis, list):
            emojis = dict(enumerate(emojis, start=1))
        slots = {
            int(re.sub(r"\D", "", str(key))): emoji_of(str(emoji), None)
            for key, emoji in emojis.items()
            if EMOJI.fullmatch(str(emoji))
        }
        return Settings(
            question=str(options.get("title_text") or ""),
            slots=dict(sorted(slots.items())),
            colours={ours: str(options[old]) for ours, old in COLOURS.items() if options.get(old)},
        )
    except (ValueError, AttributeError, RecursionError) as error:
        words = f"The plugin's settings ({name}) can't be read: {value[:60]}"
        raise SettingsUnreadable(words) from error
