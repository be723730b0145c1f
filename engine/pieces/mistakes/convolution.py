"""Common mistakes in the windows and the layers of chapter 7."""

from __future__ import annotations

from engine.contract.text import Text
from engine.pieces.mistakes.mistake import Changes, wrong

HALF_A_CELL: Changes = (("free // s", "free / s"),)
"""The fault of ``mend_output_size``."""
_PADDED = "    x = np.pad(x, pad, constant_values=-np.inf)\n"
UNPADDED: Changes = ((_PADDED, ""),)
"""The fault of ``mend_padding``."""

# Said of more than one piece.
_NEAREST = Text("Rounded to the nearest: from half a step on, the last window reaches beyond the end.")
_DOWNWARDS = Text("The cells of a window are read downwards here, not line by line.")
_WALK = Text("The windows walk downwards first, not along a line.")
_LAST_WINDOW = Text(
    "Where windows overlap, only the last one is left. A cell gets the sum over all windows that hold it."
)
_LAST_CELL = Text("Of what several windows send back to a cell, only the last is left. It gets the sum: use +=.")
_SIDES_CHANGED = Text("Rows and columns of the output have changed places.")
_SIZE_ONLY = Text("The size is right, but each window begins one cell after the other: stride moves them, too.")

_OUTPUT_SIZE = (
    wrong("unmended", Text("Part of a step was counted: no array has such a side."), *HALF_A_CELL),
    wrong("padded_once", Text("The padding is counted at one end only."), ("2 * p", "p")),
    wrong("one_less", Text("The first place is not counted."), ("// s + 1", "// s")),
    wrong("rounded_up", Text("Rounded up: the last window reaches beyond the end."), ("free // s", "-(-free // s)")),
    wrong("below_zero", Text("There cannot be fewer places than none."), ("    if free < 0:\n        return 0\n", "")),
    wrong("padding_away", Text("The padding was taken away. It makes the row longer."), ("+ 2 * p", "- 2 * p")),
    wrong("no_padding", Text("You get exactly these numbers without the padding."), (" + 2 * p", "")),
    wrong("no_stride", Text("You get exactly these numbers if every step is one cell long."), ("free // s", "free")),
    wrong(
        "first_divided",
        Text("The first place was divided by the stride, too. It counts whatever the stride is."),
        ("free // s + 1", "(free + 1) // s"),
    ),
    wrong("to_nearest", _NEAREST, ("free // s", "round(free / s)")),
    wrong("rounded", _NEAREST, ("free // s + 1", "int(free / s + 1.5)")),
    wrong("window_added", Text("The window was added. What it covers is not free for steps."), ("- f", "+ f")),
)

_MAX_POOL = (
    wrong("unmended", Text("pad is handed in, and does nothing."), *UNPADDED),
    wrong(
        "zeros",
        Text("The padding wins, as it is 0 and the picture is below. It should never win."),
        (", constant_values=-np.inf", ""),
    ),
    wrong("one_side", Text("The padding lies on one side only."), ("(x, pad,", "(x, (pad, 0),")),
    wrong(
        "size_only",
        Text("The size is right, but the picture has stayed as it was: windows at the end lie beyond it."),
        (_PADDED, ""),
        ("x.shape[0] - size", "x.shape[0] + 2 * pad - size"),
        ("x.shape[1] - size", "x.shape[1] + 2 * pad - size"),
    ),
    wrong("not_low_enough", Text("The padding wins against numbers below it. It should never win."), ("-np.inf", "-1")),
    wrong("always_wins", Text("The padding wins everywhere: its sign is wrong."), ("-np.inf", "np.inf")),
    wrong(
        "twice",
        Text("Twice as many cells lie around the picture: np.pad puts pad cells at each side."),
        ("(x, pad,", "(x, 2 * pad,"),
    ),
    wrong(
        "behind",
        Text("The result was padded. The picture has to be, before the windows are laid on it."),
        (_PADDED, ""),
        ("return out", "return np.pad(out, pad)"),
    ),
)

_STEPS, _NO_STEPS = "y:y_max:stride, x:x_max:stride", "y : y + out_h, x : x + out_w"
_TO_ROWS = "col.transpose(0, 4, 5, 1, 2, 3)"
_IM2COL = (
    wrong(
        "channels_last",
        Text("In a row the channels of one cell stand side by side here. One channel comes after the other."),
        (_TO_ROWS, "col.transpose(0, 4, 5, 2, 3, 1)"),
    ),
    wrong(
        "pictures_last",
        Text("The rows of the pictures are mixed: all windows of the first picture come first."),
        (_TO_ROWS, "col.transpose(4, 5, 0, 1, 2, 3)"),
    ),
    wrong("turned_windows", _DOWNWARDS, (_TO_ROWS, "col.transpose(0, 4, 5, 1, 3, 2)")),
    wrong("turned_walk", _WALK, (_TO_ROWS, "col.transpose(0, 5, 4, 1, 2, 3)")),
    wrong(
        "axes_left",
        Text(
            "The axes were not brought into their order before reshape: (N, out_h, out_w, C, filter_h, filter_w), so "
            "that each window becomes a row."
        ),
        (_TO_ROWS, "col"),
    ),
    wrong(
        "edges",
        Text("Around the picture its edge is repeated here. Padding is 0."),
        ("(pad, pad)])", '(pad, pad)], "edge")'),
    ),
    wrong(
        "no_stride",
        Text(
            "There are as many windows as there should be, but each begins one cell after the other: stride moves "
            "them, too."
        ),
        (f"= img[:, :, {_STEPS}]", f"= img[:, :, {_NO_STEPS}]"),
    ),
    wrong(
        "no_pad",
        Text("The padding is missing: pad zeros stand on each side of a picture, and count in its size."),
        ("+ 2 * pad - filter", "- filter"),
        ("np.pad(input_data, [(0, 0), (0, 0), (pad, pad), (pad, pad)])", "input_data"),
    ),
    wrong(
        "one_too_few",
        Text("A window is missing along each side: behind the division by stride comes + 1."),
        ("// stride + 1", "// stride"),
    ),
    wrong(
        "flipped",
        Text("Each window is turned by 180°. It is read as it stands."),
        (_TO_ROWS, "col[:, :, ::-1, ::-1].transpose(0, 4, 5, 1, 2, 3)"),
    ),
)

_OF_ROWS = "N, out_h, out_w, C, filter_h, filter_w).transpose(0, 3, 4, 5, 1, 2)"
_CUT = "[:, :, pad : H + pad, pad : W + pad]"
_COL2IM = (
    wrong(
        "assigned",
        _LAST_WINDOW,
        ("y in range(filter_h)", "y in reversed(range(filter_h))"),
        ("x in range(filter_w)", "x in reversed(range(filter_w))"),
        (" += ", " = "),
    ),
    wrong("cells_assigned", _LAST_CELL, (" += ", " = "), of_code=True),
    wrong(
        "shared",
        Text("A cell got the mean of its windows. Each of them used it, so all add up."),
        ("    for y in", "    count = np.zeros_like(img)\n    for y in"),
        (
            "+= col[:, :, y, x, :, :]\n",
            f"+= col[:, :, y, x, :, :]\n            count[:, :, {_STEPS}] += 1\n",
        ),
        (f"img{_CUT}", f"(img / np.maximum(count, 1)){_CUT}"),
    ),
    wrong(
        "ring_kept",
        Text("The ring of padding is still there. It belongs to no cell of the picture."),
        (f"img{_CUT}", "img"),
    ),
    wrong(
        "corner_cut",
        Text("The cut begins at the corner of the padding. The picture begins pad cells further in."),
        (f"img{_CUT}", "img[:, :, :H, :W]"),
    ),
    wrong(
        "channels_last",
        Text("Here the channels of a cell are taken to stand side by side. One channel comes after the other."),
        (_OF_ROWS, "N, out_h, out_w, filter_h, filter_w, C).transpose(0, 5, 3, 4, 1, 2)"),
    ),
    wrong(
        "turned_windows", _DOWNWARDS, (_OF_ROWS, "N, out_h, out_w, C, filter_w, filter_h).transpose(0, 3, 5, 4, 1, 2)")
    ),
    wrong("turned_walk", _WALK, (_OF_ROWS, "N, out_w, out_h, C, filter_h, filter_w).transpose(0, 3, 4, 5, 2, 1)")),
    wrong(
        "no_stride",
        Text("Each window begins one cell after the other here: stride moves them, too."),
        (f"img[:, :, {_STEPS}] +=", f"img[:, :, {_NO_STEPS}] +="),
    ),
    wrong(
        "flipped",
        Text("Each window is turned by 180°. It goes back as it was read."),
        ("+= col[:, :, y, x, :, :]", "+= col[:, :, -1 - y, -1 - x, :, :]"),
    ),
)

_COLUMNS = "self.col = im2col(x, FH, FW, self.stride, self.pad)\n"
_FILTERS, _PRODUCT = "self.W.reshape(FN, -1).T", "np.dot(self.col, self.col_W)"
_TURNED, _CHANNELS_LAST = "self.W[:, :, ::-1, ::-1].reshape(FN, -1)", "self.W.transpose(0, 2, 3, 1).reshape(FN, -1)"
# A change of nothing, for where the way back is part of the piece: wrong filters that are kept spoil it, too.
_AND_BACK = "np.dot(dout, self.col_W.T)", "np.dot(dout, self.col_W.T)"
_AS_IN_MATHEMATICS = Text(
    "This is convolution as in mathematics, with filters turned by 180°. Networks leave them as they are."
)
_FILTERS_MIXED = Text(
    "The numbers of the filters are mixed: reshape fills row by row, so each filter has to be a row first, and then "
    "all are turned."
)
_CHANNELS_MIXED = Text("The filters' numbers stand in another order than those of im2col: one channel after the other.")
_MAPS = "out.reshape(N, out_h, out_w, FN).transpose(0, 3, 1, 2)"
_TO_MATRIX = "dout = dout.transpose(0, 2, 3, 1)"
_DB, _DW = "np.sum(dout, axis=0)", "np.dot(self.col.T, dout).T.reshape(FN, C, FH, FW)"
_BACK = "        return col2im(dcol, self.x.shape, FH, FW, self.stride, self.pad)"
_CELLS = "im2col(np.arange(1, self.x.size + 1).reshape(self.x.shape), {}, self.stride, self.pad).astype(int)"
# A cell that is written to more than once keeps the last number; cell 0 is the padding.
_ASSIGNED = (
    "        dx = np.zeros(self.x.size + 1)\n"
    "        dx[{cells}.reshape(-1)] = {numbers}.reshape(-1)\n"
    "        return dx[1:].reshape(self.x.shape)"
)
_CONVOLUTION = (
    wrong("turned", _AS_IN_MATHEMATICS, (_PRODUCT, f"np.dot(self.col, {_TURNED}.T)")),
    wrong("turned_kept", _AS_IN_MATHEMATICS, (_FILTERS, f"{_TURNED}.T"), _AND_BACK, of_code=True),
    wrong("no_bias", Text("You get exactly these numbers without the bias."), (" + self.b", "")),
    wrong(
        "bias_for_each",
        Text("The bias was added once for each channel. A filter has one."),
        ("+ self.b", "+ self.W.shape[1] * self.b"),
    ),
    wrong(
        "first_channel",
        Text("Only the first channel counts here."),
        (_PRODUCT, "np.dot(self.col[:, : FH * FW], self.col_W[: FH * FW])"),
    ),
    wrong(
        "axes",
        Text("All numbers are right, but in the wrong places: what varied fastest was the filter."),
        (_MAPS, "out.reshape(N, FN, out_h, out_w)"),
    ),
    wrong(
        "filters_last",
        Text("The filters are the last axis here. The output is (N, FN, out_h, out_w)."),
        (_MAPS, "out.reshape(N, out_h, out_w, FN)"),
        of_code=True,
    ),
    wrong("filters_mixed", _FILTERS_MIXED, (_PRODUCT, "np.dot(self.col, self.W.reshape(-1, FN))")),
    wrong("filters_mixed_kept", _FILTERS_MIXED, (_FILTERS, "self.W.reshape(-1, FN)"), _AND_BACK, of_code=True),
    wrong("channels_last", _CHANNELS_MIXED, (_PRODUCT, f"np.dot(self.col, {_CHANNELS_LAST}.T)")),
    wrong("channels_last_kept", _CHANNELS_MIXED, (_FILTERS, f"{_CHANNELS_LAST}.T"), _AND_BACK, of_code=True),
    wrong("rows_for_columns", _SIDES_CHANGED, (_MAPS, "out.reshape(N, out_h, out_w, FN).transpose(0, 3, 2, 1)")),
    wrong(
        "no_stride",
        _SIZE_ONLY,
        (
            _COLUMNS,
            "self.col = im2col(x, FH, FW, 1, self.pad).reshape(N, H + 2 * self.pad - FH + 1, -1, C * FH * FW)\n"
            "        self.col = self.col[:, :out_h, :out_w].reshape(N * out_h * out_w, -1)\n",
        ),
    ),
    wrong(
        "layer_without_stride",
        Text("The layer does not use its stride: pass it on to im2col."),
        (_COLUMNS, "self.col = im2col(x, FH, FW, 1, self.pad)\n"),
        (" // self.stride + 1", " + 1"),
    ),
    wrong(
        "layer_without_pad",
        Text("The layer does not use its padding: pass it on to im2col, and count it in the size of the output."),
        (_COLUMNS, "self.col = im2col(x, FH, FW, self.stride)\n"),
        (" + 2 * self.pad", ""),
    ),
    # The way back.
    wrong(
        "axes_back",
        Text("dout was made into a matrix as it lies. Filters have to come last before that."),
        (_TO_MATRIX, "dout = dout"),
    ),
    wrong(
        "weights_unturned",
        Text("The numbers of dW are mixed: each filter is a column there, and has to be a row before reshape."),
        (_DW, "np.dot(self.col.T, dout).reshape(FN, C, FH, FW)"),
    ),
    wrong("assigned", _LAST_WINDOW, (_BACK, _ASSIGNED.format(cells=_CELLS.format("FH, FW"), numbers="dcol"))),
    wrong(
        "cells_assigned",
        _LAST_CELL,
        (_BACK, _ASSIGNED.format(cells=_CELLS.format("FH, FW") + ".T", numbers="dcol.T")),
        of_code=True,
    ),
    wrong(
        "filters_turned",
        Text("The filters were turned by 180°. With col2im they stay as they are."),
        ("np.dot(dout, self.col_W.T)", f"np.dot(dout, {_TURNED})"),
    ),
    wrong("sign", Text("All gradients have the wrong sign."), (_TO_MATRIX, "dout = -dout.transpose(0, 2, 3, 1)")),
    wrong(
        "upstream_ignored",
        Text("dout does not count here: it is taken to be 1 everywhere."),
        (_TO_MATRIX, "dout = np.ones_like(dout).transpose(0, 2, 3, 1)"),
    ),
    wrong(
        "first_sample",
        Text("db comes from the first picture alone. Every picture of the batch has used b."),
        (_DB, "np.sum(dout[: len(dout) // len(self.x)], axis=0)"),
    ),
    wrong(
        "bias_once",
        Text("db comes from the first window alone. b was added in every window."),
        (_DB, "np.sum(dout[:: len(dout) // len(self.x)], axis=0)"),
    ),
    wrong(
        "bias_averaged",
        Text("db is a mean here. b was added everywhere, so all adds up."),
        (_DB, "np.mean(dout, axis=0)"),
    ),
    wrong(
        "db_of_batch",
        Text("db was divided by the number of pictures. That was done in the loss already."),
        (_DB, f"{_DB} / len(self.x)"),
    ),
    wrong(
        "dW_mean",
        Text("dW was divided by the number of pictures. That was done in the loss already."),
        (_DW, f"{_DW} / len(self.x)"),
    ),
    wrong(
        "averaged",
        Text("Divided by the number of pictures. The loss has done that already: it is in dout."),
        (_DB, f"{_DB} / len(self.x)"),
        (_DW, f"{_DW} / len(self.x)"),
    ),
)

_POOLED_COLUMNS = "col = im2col(x, self.pool_h, self.pool_w, self.stride, self.pad)"
_LARGEST, _WHICH = "out = np.max(col, axis=1)", "self.arg_max = np.argmax(col, axis=1)"
_POOLED = "out.reshape(N, out_h, out_w, C).transpose(0, 3, 1, 2)"
_SENT = "dout.transpose(0, 2, 3, 1).reshape(-1)"
_TO_LARGEST = f"dcol[np.arange(dout.size), self.arg_max] = {_SENT}"
_TO_ALL = "dcol[:] = dout.transpose(0, 2, 3, 1).reshape(-1, 1)"
_POOLED_BACK = "        return col2im(dcol, self.x.shape, self.pool_h, self.pool_w, self.stride, self.pad)"
_SMALLEST = Text("These are the smallest numbers of the windows. It is the largest that goes on.")
_WITHIN = "x[:, :, : out_h - 1 + self.pool_h, : out_w - 1 + self.pool_w]"
_POOLING = (
    wrong(
        "all_winners",
        Text("All that are equal got the whole gradient. There is one of it, for the first."),
        (_WHICH, "self.arg_max = col == np.max(col, axis=1, keepdims=True)"),
        (_TO_LARGEST, "dcol = self.arg_max * dout.transpose(0, 2, 3, 1).reshape(-1, 1)"),
    ),
    wrong(
        "last_wins",
        Text("Of equal cells the last one wins here."),
        (_WHICH, "self.arg_max = col.shape[1] - 1 - np.argmax(col[:, ::-1], axis=1)"),
    ),
    wrong(
        "overwritten",
        Text("Of what several windows send back to a cell, only the last is left."),
        (
            _POOLED_BACK,
            f"        cells = {_CELLS.format('self.pool_h, self.pool_w')}.reshape(dout.size, -1)\n"
            + _ASSIGNED.format(cells="cells[np.arange(dout.size), self.arg_max]", numbers=_SENT),
        ),
    ),
    wrong(
        "shared",
        Text("All cells of a window share the gradient: that is average pooling."),
        (_TO_LARGEST, f"{_TO_ALL} / dcol.shape[1]"),
    ),
    wrong(
        "to_all",
        Text("Each cell of a window got the whole gradient. It goes to the largest alone."),
        (_TO_LARGEST, _TO_ALL),
    ),
    wrong(
        "mean",
        Text("These are the means of the windows. The largest number alone goes on."),
        (_LARGEST, "out = np.mean(col, axis=1)"),
    ),
    wrong(
        "upstream",
        Text("The winners are right, but what comes back to each is always 1."),
        (_TO_LARGEST, _TO_LARGEST.replace(_SENT, "1")),
    ),
    wrong("smallest_output", _SMALLEST, (_LARGEST, "out = np.min(col, axis=1)")),
    wrong(
        "smallest",
        _SMALLEST,
        (_LARGEST, "out = np.min(col, axis=1)"),
        (_WHICH, "self.arg_max = np.argmin(col, axis=1)"),
        of_code=True,
    ),
    wrong(
        "not_below_zero",
        Text("Where all numbers of a window are below 0, a 0 won that is not in it."),
        (_LARGEST, "out = np.maximum(0, np.max(col, axis=1))"),
    ),
    wrong(
        "sums",
        Text("These are the sums of the windows. The largest number alone goes on."),
        (_LARGEST, "out = np.sum(col, axis=1)"),
    ),
    wrong("rows_for_columns", _SIDES_CHANGED, (_POOLED, "out.reshape(N, out_h, out_w, C).transpose(0, 3, 2, 1)")),
    wrong(
        "pooled_mixed",
        Text(
            "The numbers of different channels stand in one map here. The windows come with the channels last: reshape "
            "with C as the last axis, then transpose."
        ),
        (_POOLED, "out.reshape(N, C, out_h, out_w)"),
    ),
    wrong(
        "pooled_back_mixed",
        Text(
            "The gradients went to the windows of other channels: dout has the channels before the places. Transpose "
            "it, as forward did."
        ),
        (_SENT, "dout.reshape(-1)"),
    ),
    wrong(
        "no_stride",
        _SIZE_ONLY,
        (_POOLED_COLUMNS, f"col = im2col({_WITHIN}, self.pool_h, self.pool_w)"),
        (
            _POOLED_BACK,
            "        dx, (out_h, out_w) = np.zeros(self.x.shape), dout.shape[2:]\n"
            f"        part = d{_WITHIN}\n"
            "        part += col2im(dcol, part.shape, self.pool_h, self.pool_w)\n"
            "        return dx",
        ),
    ),
    wrong(
        "sign",
        Text("All gradients have the other sign. The step downhill is taken by the optimizer, not here."),
        ("return col2im(", "return -col2im("),
    ),
)

MISTAKES = {
    "output_size": _OUTPUT_SIZE,
    "max_pool": _MAX_POOL,
    "im2col": _IM2COL,
    "col2im": _COL2IM,
    "Convolution": _CONVOLUTION,
    "Pooling": _POOLING,
}
