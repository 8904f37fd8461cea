"""Which stories of the demo moved its readers to what, by slug. Others get what comes.

Each letter is a kind; the more often it stands there, the more readers choose it.
"""

KINDS = {
    "l": "laugh", "h": "heart", "w": "wow", "o": "love", "c": "crying", "d": "disappointed",
    "t": "thumbs-up",
}  # fmt: skip
# slug: (kinds, crowd): so many readers when all have come.
TASTES = {
    "the-quayle-sweepstake": ("llllltwh", 390),
    "quayle-prize-shortlist": ("wwttohhl", 330),
    "the-weighbridge-to-end": ("cccdhoo", 510),
    "the-understudy-goes-on": ("hhhhwwotl", 630),
    "the-sunday-electricians-live": ("llwwoot", 360),
    "how-a-ceiling-is-priced": ("wwwwwtd", 340),
    "stop-clapping-the-furniture": ("lllltddt", 390),
    "letter-from-a-prize-judge": ("hhlltto", 420),
    "eleven-kinds-of-rain": ("cchhoww", 390),
    "tollhouse-closes-upper-circle": ("ddddcch", 490),
    "ballast": ("oooohwt", 360),
    "the-salt-year": ("cohhhwt", 310),
    "one-night-three-times": ("hhhhccwo", 390),
    "lowlight-in-pictures": ("ooowwht", 280),
    "lowlight-moves-indoors": ("ddcwtt", 250),
    "nine-songs-for-a-late-ferry": ("oohhct", 270),
    "the-umbrella-mender": ("hhhhoct", 300),
    "last-reel-at-the-plaza": ("cccchho", 310),
    "a-long-title": ("llllllw", 240),
    "a-night-out-explained": ("llltth", 210),
    "your-coat-is-a-diary": ("lltt", 220),
    "a-foghorn-in-thirty-five-posts": ("llllwwc", 190),
    "why-nothing-happens": ("lllhtt", 180),
    "the-choir-that-sings-the-forecast": ("oohhw", 160),
}
ANY = "hhottwlcd"
CROWD = 90  # of a story that isn't named
# Long published, and going round again today.
AGAIN = {"a-foghorn-in-thirty-five-posts": 460, "the-umbrella-mender": 150}
