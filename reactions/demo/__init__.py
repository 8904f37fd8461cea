"""The demo newsroom's crowd: made-up readers, their votes over weeks, an attack that was judged and
one that is not. Its voters are the visitors 1 to 5,000; readers' ids are random numbers of 63 bits.

tastes (data) and curve (pure) say who chose what when, history writes it, scenes plays what
moderators see, removal takes all of it back.
"""

from typing import Final

VISITORS: Final = range(1, 5_001)
SEED: Final = 20
