"""Captions and credits as pages put them together: every part of every credit, whatever stands round it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.photos.credits import parse_credit

CAPTIONS = st.sampled_from(
    [
        "Nola Vale", "NOLA VALE", "Nola Vale and Dex Romero", "Nola Vale attends the gala",
        "(L-R) Nola Vale and Dex Romero", "Nola Vale (left) and Dex Romero", "“Harbor” star Nola Vale",
        "From left: Nola Vale, Dex Romero and Lux Marsh", "Nola Vale, 32, with Ines Marsh Jr",
        "Nola Vale speaks in Accra, Ghana, Thursday, Sept. 8, 2022",
    ]
)  # fmt: skip
PEOPLE = st.sampled_from(
    [
        "Jane Roe", "J. Roe", "JANE ROE", "Piet van der Berg", "María de la Cruz", "Seán O’Brien",
        "Sam Lee Jr.", "Ahmed al-Rubaye", "Eve St. John", "Jane Roe and John Doe",
        "Jane Roe, John Doe & Sam Lee",
    ]
)  # fmt: skip
AGENCIES = st.sampled_from(
    ["Getty Images", "WireImage", "AFP", "Invision/AP", "EPA-EFE/Shutterstock", "MEGA", "PA Wire",
     "Bauer-Griffin/GC Images", "Netflix", "Variety"]
)  # fmt: skip
CLIENTS = st.sampled_from(
    ["BET", "The Recording Academy", "MTV/Paramount Global", "Rock & Roll Hall"]
)
LABELS = st.sampled_from(
    ["", "Photo by ", "Photo by: ", "Photo: ", "PHOTO BY ", "Credit: ", "© ", "Mandatory Credit: Photo by ", "Foto: ", "Crédit photo : "]
)  # fmt: skip
ROUND = st.sampled_from(
    [
        " ({})",
        " ({}).",
        " [{}]",
        " ({}",
        ". {}",
        " | {}",
        " – {}",
        " — {}",
        " - {}",
        "<br>{}",
        "\n{}",
    ]
)
SOCIAL = st.sampled_from(
    ["{p}/{h}", "{h}/{p}", "{h} / {p}", "{p}: {h}", "{h} on {p}", "{h} via {p}", "Photo: {h}/{p}",
     "Photo via {p}/{h}", "Credit: {h}/{p}", "Screenshot: {h}/{p}", "Screengrab/{p} {h}"]
)  # fmt: skip


def names(people: str) -> tuple[str, ...]:
    return tuple(people.replace(" and ", ", ").replace(" & ", ", ").split(", "))


@settings(deadline=None, max_examples=300)
@given(
    caption=CAPTIONS,
    label=LABELS,
    people=PEOPLE,
    slash=st.sampled_from(["/", " / ", "/ ", " /"]),
    agency=AGENCIES,
    end=st.just(("", None, None))
    | CLIENTS.map(lambda client: (f" for {client}", client, None))
    | st.just((" via AP Images", None, "AP Images")),
    file=st.booleans(),
    around=ROUND,
)
def test_a_credit_is_read_wherever_it_stands(
    *,
    caption: str,
    label: str,
    people: str,
    slash: str,
    agency: str,
    end: tuple[str, str | None, str | None],
    file: bool,
    around: str,
) -> None:
    written, client, via = end
    line = f"{label}{people}{slash}{agency}{written}" + (", File" if file else "")
    credit = parse_credit(caption + around.format(line))
    assert (credit.photographers, credit.agency) == (names(people), agency)
    assert (credit.for_client, credit.via) == (client, via)
    assert credit.caption.rstrip(".") == caption
    assert (credit.kind == "file", len(credit.parts)) == (file, 1)


@settings(deadline=None)
@given(
    caption=CAPTIONS,
    form=SOCIAL,
    platform=st.sampled_from(["Instagram", "TikTok", "Twitter", "YouTube", "Facebook", "X"]),
    handle=st.sampled_from(["@nolavale", "@nola.vale", "@nola_vale1", "@NolaVEVO"]),
    around=ROUND,
)
def test_a_post_is_read_wherever_it_stands(
    caption: str, form: str, platform: str, handle: str, around: str
) -> None:
    credit = parse_credit(caption + around.format(form.format(p=platform, h=handle)))
    assert (credit.platform, credit.handle) == (platform.casefold(), handle)
    assert credit.caption.rstrip(".") == caption


@settings(deadline=None)
@given(
    caption=CAPTIONS,
    label=st.sampled_from(["", "Photos: ", "Photos by ", "Photo: ", "Credit: "]),
    first=st.sampled_from(["Getty Images", "WireImage", "Variety via Getty Images", "AP"]),
    joint=st.sampled_from(["; ", ", ", " and ", " & ", " | ", " / "]),
    second=st.sampled_from(["Shutterstock", "BACKGRID", "AFP"]),
    around=ROUND,
)
def test_each_of_two_credits_is_read_wherever_they_stand(
    *, caption: str, label: str, first: str, joint: str, second: str, around: str
) -> None:
    line = f"{label}Jane Roe/{first}{joint}John Doe/{second}"
    credit = parse_credit(caption + around.format(line))
    assert [part.photographers for part in credit.parts] == [("Jane Roe",), ("John Doe",)]
    assert credit.parts[1].agency == second
    assert credit.caption.rstrip(".") == caption
