"""The boxes of crops: inside the picture, of their ratio, as large as can be, round the focal point."""

from hypothesis import given
from hypothesis import strategies as st

from articles.photos.crops import CROPS, MIN_PIXELS, box_of, cuts_of

sides = st.integers(1, 20_000)
shares = st.floats(0, 1)
ratios = st.sampled_from([(16, 9), (4, 3), (1, 1), (1200, 630)])


@given(width=sides, height=sides, ratio=ratios, x=shares, y=shares)
def test_a_box_keeps_the_focal_point_and_its_ratio(
    width: int, height: int, ratio: tuple[int, int], x: float, y: float
) -> None:
    left, top, right, bottom = box_of((width, height), ratio, (x, y))
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert left <= x * width <= right
    assert top <= y * height <= bottom
    across, down = right - left, bottom - top
    assert across == width or down == height, "no larger box fits"
    assert abs(across - down * ratio[0] / ratio[1]) <= max(1, ratio[0] / ratio[1])


@given(width=sides, height=sides, x=shares, y=shares)
def test_no_crop_is_enlarged_or_too_small_to_be_of_use(
    width: int, height: int, x: float, y: float
) -> None:
    for cut in cuts_of((width, height), (x, y)):
        crop = next(crop for crop in CROPS if crop.name == cut.name)
        across, down = cut.box[2] - cut.box[0], cut.box[3] - cut.box[1]
        assert cut.size[0] <= min(crop.width, across)
        assert cut.size[1] <= min(crop.height, down)
        assert cut.size[0] * cut.size[1] >= MIN_PIXELS
        assert abs(cut.size[0] - cut.size[1] * crop.width / crop.height) <= 2
        assert cut.name != "social" or cut.size[0] >= 600


def test_the_focal_point_stands_in_the_middle_where_there_is_room() -> None:
    assert box_of((3000, 2000), (1, 1)) == (500, 0, 2500, 2000)
    assert box_of((3000, 2000), (1, 1), (0.4, 0.9)) == (200, 0, 2200, 2000)
    assert box_of((3000, 2000), (16, 9), (0.4, 0)) == (0, 0, 3000, 1688)
    assert [cut.name for cut in cuts_of((599, 500), (0.5, 0.5))] == ["16:9", "4:3", "1:1"]
    assert cuts_of((223, 223), (0.5, 0.5)) == []
