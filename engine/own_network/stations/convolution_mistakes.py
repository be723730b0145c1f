"""Known mistakes in a CNN, each written as a textual change of the book's file."""

from __future__ import annotations

from engine.contract.text import Text
from engine.exercises.exercise import Mistake
from engine.own_network.station import Book

_ROWS = "return col.transpose(0, 4, 5, 1, 2, 3).reshape("
_CELLS = "padded[:, :, y : y + stride * out_h : stride, x : x + stride * out_w : stride]"
_TURNED_OUT = "return out.reshape(len(x), out_h, -1, filters).transpose(0, 3, 1, 2)"
_COLUMNS = "im2col(x, filter_h, filter_w, self.stride, self.pad)"
_TURNED_BACK = "back = dout.transpose(0, 2, 3, 1).reshape(-1, filters)"
_TO_LARGEST = "back[np.arange(dout.size), self.largest] = dout.transpose(0, 2, 3, 1).reshape(-1)"
_POOLED_BACK = "return add_windows(back, self.shape, self.pool_h, self.pool_w, self.stride, self.pad)"
_POOLED_SIDE = "pooled = filters * (map_side // 2) * (map_side // 2)"
_MAPS = "self.maps = np.maximum(0, self.convolution.forward(x))"
_HIDDEN = 'self.hidden = np.maximum(0, self.flat @ self.params["W2"] + self.params["b2"])'
_SCORES = 'self.hidden @ self.params["W3"] + self.params["b3"]'
_LOSS = "return cross_entropy_error(self.predict(x), t)"
_SHARE = "float(np.mean(np.concatenate(parts) == classes))"
_DSCORES = "dscores = (y - (t if t.size == y.size else np.eye(y.shape[1])[t])) / len(x)"
_GRADS = '        return {\n            "W1": self.convolution.dW,'
_LAST_GRAD = '            "b3": np.sum(dscores, axis=0),\n        }\n'


def mistakes(book: Book) -> tuple[Mistake, ...]:
    """The known mistakes of station 7, in the order in which its parts are written."""
    return (*_of_im2col(book), *_of_convolution(book), *_of_pooling(book), *_of_network(book), *_of_gradient(book))


def _of_im2col(book: Book) -> tuple[Mistake, ...]:
    return (
        book.wrong(
            "axes_left",
            Text(
                "The axes were not brought into their order before reshape: (N, out_h, out_w, C, filter_h, filter_w), "
                "so that each window becomes a row."
            ),
            (_ROWS, "return col.reshape("),
        ),
        book.wrong(
            "channels_last",
            Text("In a row the channels of one cell stand side by side here. One channel comes after the other."),
            (_ROWS, _ROWS.replace("1, 2, 3)", "2, 3, 1)")),
        ),
        book.wrong(
            "pictures_last",
            Text("The rows of the pictures are mixed: all windows of the first picture come first."),
            (_ROWS, _ROWS.replace("0, 4, 5,", "4, 5, 0,")),
        ),
        book.wrong(
            "turned_windows",
            Text("The cells of a window are read downwards here, not line by line."),
            (_ROWS, _ROWS.replace("2, 3)", "3, 2)")),
        ),
        book.wrong(
            "turned_walk",
            Text("The windows walk downwards first, not along a line."),
            (_ROWS, _ROWS.replace("4, 5", "5, 4")),
        ),
        book.wrong(
            "no_stride",
            Text(
                "There are as many windows as there should be, but each begins one cell after the other: stride moves "
                "them, too."
            ),
            (_CELLS, "padded[:, :, y : y + out_h, x : x + out_w]"),
        ),
        book.wrong(
            "no_pad",
            Text("The padding is missing: pad zeros stand on each side of a picture, and count in its size."),
            ("height + 2 * pad - filter_h", "height - filter_h"),
            ("width + 2 * pad - filter_w", "width - filter_w"),
            ("((0, 0), (0, 0), (pad, pad), (pad, pad))", "((0, 0), (0, 0), (0, 0), (0, 0))"),
        ),
        book.wrong(
            "edges",
            Text("Around the picture its edge is repeated here. Padding is 0."),
            ("(pad, pad)))", '(pad, pad)), "edge")'),
        ),
        book.wrong(
            "one_too_few",
            Text("A window is missing along each side: behind the division by stride comes + 1."),
            ("// stride + 1", "// stride"),
        ),
    )


def _of_convolution(book: Book) -> tuple[Mistake, ...]:
    return (
        book.wrong(
            "filters_mixed",
            Text(
                "The numbers of the filters were mixed: reshape(-1, FN) puts parts of one filter into several columns. "
                "Make each filter a row first, then transpose."
            ),
            ("self.W.reshape(filters, -1).T + self.b", "self.W.reshape(-1, filters) + self.b"),
        ),
        book.wrong(
            "axes_mixed",
            Text(
                "The numbers of different filters stand in one map here. The product has the filters last: reshape it "
                "with FN as its last axis, then transpose."
            ),
            (_TURNED_OUT, "return out.reshape(len(x), filters, out_h, -1)"),
        ),
        book.wrong(
            "filters_last",
            Text("The filters are the last axis here. The output is (N, FN, out_h, out_w)."),
            (_TURNED_OUT, "return out.reshape(len(x), out_h, -1, filters)"),
        ),
        book.wrong(
            "rows_for_columns",
            Text("Rows and columns of the maps have changed places."),
            (_TURNED_OUT, _TURNED_OUT.replace("0, 3, 1, 2", "0, 3, 2, 1")),
        ),
        book.wrong("no_bias", Text("The bias of each filter is never added."), (".T + self.b\n", ".T\n")),
        book.wrong(
            "flipped",
            Text(
                "This is convolution as in mathematics, with filters turned by 180°. Networks leave them as they are."
            ),
            ("self.W.reshape(filters, -1).T", "self.W[:, :, ::-1, ::-1].reshape(filters, -1).T"),
        ),
        book.wrong(
            "layer_without_stride",
            Text("The layer does not use its stride: pass it on to im2col."),
            (_COLUMNS, "im2col(x, filter_h, filter_w, 1, self.pad)"),
            ("out_h = (x.shape[2] + 2 * self.pad - filter_h) // self.stride + 1",
             "out_h = x.shape[2] + 2 * self.pad - filter_h + 1"),
        ),
        book.wrong(
            "layer_without_pad",
            Text("The layer does not use its padding: pass it on to im2col, and count it in the size of the output."),
            (_COLUMNS, "im2col(x, filter_h, filter_w, self.stride)"),
            ("out_h = (x.shape[2] + 2 * self.pad - filter_h) // self.stride + 1",
             "out_h = (x.shape[2] - filter_h) // self.stride + 1"),
        ),
        book.wrong(
            "db_mean",
            Text("The gradient of a bias is the sum over pictures and places, not the mean."),
            ("self.db = np.sum(back, axis=0)", "self.db = np.mean(back, axis=0)"),
        ),
        book.wrong(
            "db_of_batch",
            Text("db was divided by the number of pictures. That was done in the loss already."),
            ("self.db = np.sum(back, axis=0)", "self.db = np.sum(back, axis=0) / len(dout)"),
        ),
        book.wrong(
            "back_mixed",
            Text(
                "dout was reshaped as it came: its second axis is that of the filters. Transpose it first, so that "
                "they are last."
            ),
            (_TURNED_BACK, "back = dout.reshape(-1, filters)"),
        ),
        book.wrong(
            "dW_mixed",
            Text(
                "dW was reshaped with the filters last. Its shape is (FN, C, FH, FW): transpose the product before "
                "reshape."
            ),
            ("(back.T @ self.col).reshape(self.W.shape)", "(self.col.T @ back).reshape(self.W.shape)"),
        ),
        book.wrong(
            "dW_mean",
            Text("dW was divided by the number of pictures. That was done in the loss already."),
            ("(back.T @ self.col).reshape(self.W.shape)", "(back.T @ self.col).reshape(self.W.shape) / len(dout)"),
        ),
        book.wrong(
            "assigned",
            Text("Of what several windows send back to a cell, only the last is left. It gets the sum: use +=."),
            (f"{_CELLS} += parts", f"{_CELLS} = parts"),
        ),
        book.wrong(
            "padding_kept",
            Text("What comes back still has the padding around it. Cut it off: dX is as large as x."),
            ("return padded[:, :, pad : pad + height, pad : pad + width]", "return padded"),
        ),
        book.wrong(
            "padding_cut_at_end",
            Text(
                "The padding was cut off at the end of both sides only. Half of it stands before the picture: begin "
                "at pad."
            ),
            ("pad : pad + height, pad : pad + width", ":height, :width"),
        ),
    )  # fmt: skip


def _of_pooling(book: Book) -> tuple[Mistake, ...]:
    return (
        book.wrong(
            "means",
            Text("These are the means of the windows. The largest number alone goes on."),
            ("pooled = np.max(windows, axis=1)", "pooled = np.mean(windows, axis=1)"),
        ),
        book.wrong(
            "smallest",
            Text("These are the smallest numbers of the windows. The largest number goes on."),
            ("pooled = np.max(windows, axis=1)", "pooled = np.min(windows, axis=1)"),
        ),
        book.wrong(
            "not_below_zero",
            Text("Where all numbers of a window are below 0, a 0 won that is not in it."),
            ("pooled = np.max(windows, axis=1)", "pooled = np.maximum(0, np.max(windows, axis=1))"),
        ),
        book.wrong(
            "pooled_mixed",
            Text(
                "The numbers of different channels stand in one map here. The windows come with the channels last: "
                "reshape with C as the last axis, then transpose."
            ),
            (
                "return pooled.reshape(len(x), out_h, -1, x.shape[1]).transpose(0, 3, 1, 2)",
                "return pooled.reshape(len(x), x.shape[1], out_h, -1)",
            ),
        ),
        book.wrong(
            "to_all",
            Text("Each cell of a window got the whole gradient. It goes to the largest alone."),
            (_TO_LARGEST, "back[:] = dout.transpose(0, 2, 3, 1).reshape(-1, 1)"),
        ),
        book.wrong(
            "shared",
            Text("All cells of a window share the gradient: that is average pooling. It goes to the largest alone."),
            (_TO_LARGEST, "back[:] = dout.transpose(0, 2, 3, 1).reshape(-1, 1) / back.shape[1]"),
        ),
        book.wrong(
            "pooled_back_mixed",
            Text(
                "The gradients went to the windows of other channels: dout has the channels before the places. "
                "Transpose it, as forward did."
            ),
            (_TO_LARGEST, _TO_LARGEST.replace(".transpose(0, 2, 3, 1)", "")),
        ),
        book.wrong(
            "upstream",
            Text("The largest cells are right, but what comes back to each is always 1: multiply by dout."),
            (_TO_LARGEST, "back[np.arange(dout.size), self.largest] = 1"),
        ),
        book.wrong(
            "pooled_assigned",
            Text("A cell that is the largest in several windows keeps only the last gradient. It gets the sum."),
            (
                _POOLED_BACK,
                "found, places = np.zeros(self.shape), (*dout.shape[:1], *dout.shape[2:], dout.shape[1])\n"
                "        for number, (n, row, place, c) in enumerate(np.ndindex(places)):\n"
                "            y, x = divmod(int(self.largest[number]), self.pool_w)\n"
                "            found[n, c, row * self.stride + y, place * self.stride + x] = dout[n, c, row, place]\n"
                "        return found",
            ),
        ),
    )


def _of_network(book: Book) -> tuple[Mistake, ...]:
    return (
        book.wrong(
            "without_pooling",
            Text("W2 has as many rows as the maps have numbers. Pooling comes before: it halves both sides."),
            (_POOLED_SIDE, "pooled = filters * map_side * map_side"),
        ),
        book.wrong(
            "of_picture",
            Text(
                "W2 has as many rows as if the convolution left the sides as they are. The maps are smaller than the "
                "picture."
            ),
            (_POOLED_SIDE, "pooled = filters * (input_dim[1] // 2) ** 2"),
        ),
        book.wrong(
            "one_map",
            Text("W2 has rows for one map only. There is a map for every filter."),
            (_POOLED_SIDE, "pooled = (map_side // 2) * (map_side // 2)"),
        ),
        book.wrong(
            "one_channel",
            Text("The filters have one channel only. Each has as many as the pictures: input_dim[0]."),
            ("(filters, input_dim[0], side, side)", "(filters, 1, side, side)"),
        ),
        book.wrong(
            "side_without_pad",
            Text("The side of the maps was computed without pad and stride of conv_param."),
            ("map_side = (input_dim[1] + 2 * pad - side) // stride + 1", "map_side = input_dim[1] - side + 1"),
        ),
        book.wrong(
            "unscaled",
            Text("The weights are much too large: multiply by weight_init_std, which is 0.01 unless another is given."),
            ("weight_init_std * np.random.randn", "np.random.randn"),
        ),
        book.wrong(
            "own_arrays",
            Text(
                "predict computes with other arrays than those in params. Whatever is learned is written into params: "
                "use self.params, or hand the same arrays to the layers."
            ),
            ("        self.pooling = Pooling(2, 2, stride=2)\n",
             '        self.pooling, self.kept = Pooling(2, 2, stride=2), self.params["W3"].copy()\n'),
            (_SCORES, 'self.hidden @ self.kept + self.params["b3"]'),
        ),
        book.wrong(
            "no_relu_of_maps",
            Text("ReLU is missing between convolution and pooling."),
            (_MAPS, "self.maps = self.convolution.forward(x)"),
            (" * (self.maps > 0)", ""),
        ),
        book.wrong(
            "no_relu_of_hidden",
            Text("ReLU is missing between the two affine layers: without it they are no more than one."),
            (_HIDDEN, _HIDDEN.replace("np.maximum(0, ", "(")),
            (" * (self.hidden > 0)", ""),
        ),
        book.wrong(
            "relu_of_scores",
            Text("The scores went through ReLU, too. Only softmax comes after them."),
            (_SCORES, f"np.maximum(0, {_SCORES})"),
        ),
        book.wrong(
            "summed",
            Text("This is the sum over the batch. The loss is the mean."),
            (_LOSS, _LOSS.replace("return", "return len(x) *")),
        ),
        book.wrong(
            "counted",
            Text("This is the number of right answers. The accuracy is their share."),
            (_SHARE, "float(np.sum(np.concatenate(parts) == classes))"),
        ),
        book.wrong(
            "percent",
            Text("This is in percent. The accuracy is a share between 0 and 1."),
            (_SHARE, f"100 * {_SHARE}"),
        ),
        book.wrong(
            "last_part",
            Text("This is the share of the last part only. Count the right answers of all parts."),
            (_SHARE, "float(np.mean(parts[-1] == classes[-len(parts[-1]) :]))"),
        ),
    )  # fmt: skip


def _of_gradient(book: Book) -> tuple[Mistake, ...]:
    return (
        book.wrong(
            "undivided",
            Text("These are the gradients of the sum over the batch. The loss is a mean: divide by N."),
            (_DSCORES, _DSCORES.removesuffix(" / len(x)")),
        ),
        book.wrong(
            "turned",
            Text("All gradients have the wrong sign: it is y − t, not t − y."),
            (_DSCORES, _DSCORES.replace("= (y", "= -(y")),
        ),
        book.wrong(
            "bias_mean",
            Text("The gradient of a bias is the sum over the samples. It has been divided by N already."),
            ("np.sum(dscores, axis=0)", "np.mean(dscores, axis=0)"),
            ("np.sum(dhidden, axis=0)", "np.mean(dhidden, axis=0)"),
        ),
        book.wrong(
            "no_mask_of_hidden",
            Text("ReLU of the hidden layer is missing on the way back: where it was closed, nothing passes."),
            (" * (self.hidden > 0)", ""),
        ),
        book.wrong(
            "no_mask_of_maps",
            Text("ReLU behind the convolution is missing on the way back: where it was closed, nothing passes."),
            (" * (self.maps > 0)", ""),
        ),
        book.wrong(
            "flattened_otherwise",
            Text(
                "What comes back to the pooling has its axes in another order. Forward flattened (N, FN, h, w): "
                "reshape to just that shape."
            ),
            (".reshape(self.pooled.shape)", ".reshape(len(x), *self.pooled.shape[2:], -1).transpose(0, 3, 1, 2)"),
        ),
        book.wrong(
            "accumulated",
            Text("The second call still contains the gradients of the first. Each call has to begin anew."),
            (_GRADS, _GRADS.replace("return", "now =")),
            (
                _LAST_GRAD,
                f"{_LAST_GRAD}        before = getattr(self, 'before', None)\n"
                "        self.before = now if before is None else {k: before[k] + now[k] for k in now}\n"
                "        return self.before\n",
            ),
        ),
        book.wrong(
            "updated",
            Text("gradient has changed params. It only computes the gradients; the update comes after it."),
            (_GRADS, _GRADS.replace("return", "now =")),
            (
                _LAST_GRAD,
                f"{_LAST_GRAD}        for name in now:\n            self.params[name] -= 0.1 * now[name]\n"
                "        return now\n",
            ),
        ),
    )
