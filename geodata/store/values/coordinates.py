import pyarrow as pa


def _f(x):
    try:
        return float(x)
    except ValueError:
        return None


def read(a, b):
    la = [_f(x) for x in a.to_pylist()]
    lo = [_f(x) for x in b.to_pylist()]
    return pa.table(
        {
            "latitude": pa.array(la, pa.float64()),
            "longitude": pa.array(lo, pa.float64()),
            "problem": [""] * len(la),
            "note": [""] * len(la),
        }
    )


def read_cells(t, o):
    return read(t, t)


def guess_cell_order(t):
    return "lat-lon"


def are_swapped(a, b, c):
    return (1.0, 0.0)
