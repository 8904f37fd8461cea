"""What the desk calls whom nobody knows: networks and visitors by their random numbers."""


def name_of(number: int) -> str:
    """A number of 63 bits as it can be read out, like "4f2a-90c1": its upper 32 bits."""
    digits = f"{number:016x}"
    return f"{digits[:4]}-{digits[4:8]}"
