"""Common mistakes in the networks of chapters 4 to 7."""

from __future__ import annotations

from engine.contract.text import Text
from engine.pieces.mistakes.mistake import wrong

MISTAKES = {
    "TwoLayerNet.__init__": (
        wrong(
            "zeros",
            Text("All weights begin at 0: then all hidden neurons learn the same, and stay alike."),
            ("weight_init_std * np.random.randn(input_size, hidden_size)", "np.zeros((input_size, hidden_size))"),
            ("weight_init_std * np.random.randn(hidden_size, output_size)", "np.zeros((hidden_size, output_size))"),
        ),
        wrong(
            "unscaled",
            Text("The weights are much too large: multiply by weight_init_std, which is 0.01 unless another is given."),
            ("weight_init_std * np.random.randn", "np.random.randn"),
        ),
        wrong(
            "positive",
            Text(
                "np.random.rand draws numbers between 0 and 1 only. Weights have to lie on both sides of 0: use "
                "np.random.randn."
            ),
            ("np.random.randn", "np.random.rand"),
        ),
        wrong(
            "random_biases",
            Text("The biases are random, too. They have to begin at 0."),
            ('"b1": np.zeros(hidden_size)', '"b1": weight_init_std * np.linspace(-1, 1, hidden_size)'),
        ),
    ),
    "TwoLayerNet.predict": (
        wrong(
            "no_biases", Text("The biases are never added."), (' + self.params["b1"]', ""), (' + self.params["b2"]', "")
        ),
        wrong("no_first_bias", Text("b1 is never added."), (' + self.params["b1"]', "")),
        wrong("no_second_bias", Text("b2 is never added."), (' + self.params["b2"]', "")),
        wrong(
            "linear",
            Text(
                "The activation between the two layers is missing: without it they are no more than one linear layer."
            ),
            (
                'z = self.hidden(np.dot(x, self.params["W1"]) + self.params["b1"])\n        return',
                'z = (np.dot(x, self.params["W1"]) + self.params["b1"])\n        return',
            ),
        ),
        wrong(
            "activated_twice",
            Text("The scores went through the activation of the hidden layer, too. Only softmax comes after them."),
            (
                'return softmax(np.dot(z, self.params["W2"]) + self.params["b2"])',
                'return softmax(self.hidden(np.dot(z, self.params["W2"]) + self.params["b2"]))',
            ),
        ),
        wrong(
            "own_arrays",
            Text(
                "predict computes with other arrays than those in params. Whatever is learned is written into "
                "params: use self.params in predict."
            ),
            (
                "        z = self.hidden(",
                '        kept = self.__dict__.setdefault("kept", {key: self.params[key].copy() for key in '
                "self.params})\n        z = self.hidden(",
            ),
            ('self.params["W1"]) + self.params["b1"]', 'kept["W1"]) + kept["b1"]'),
            ('self.params["W2"]) + self.params["b2"]', 'kept["W2"]) + kept["b2"]'),
        ),
        wrong(
            "scores",
            Text("predict gives scores, and the error takes the logarithm of probabilities: softmax is missing."),
            (
                'return softmax(np.dot(z, self.params["W2"]) + self.params["b2"])',
                'return np.dot(z, self.params["W2"]) + self.params["b2"]',
            ),
        ),
    ),
    "TwoLayerNet.loss": (
        wrong(
            "summed",
            Text(
                "This is the sum over the batch. The loss is the mean: otherwise a larger batch would take "
                "larger steps."
            ),
            (
                "return cross_entropy_error(self.predict(x), t)",
                "return len(x) * cross_entropy_error(self.predict(x), t)",
            ),
        ),
        wrong(
            "turned",
            Text("The loss has the wrong sign: it has to fall as the network gets better."),
            ("return cross_entropy_error(self.predict(x), t)", "return -cross_entropy_error(self.predict(x), t)"),
        ),
    ),
    "TwoLayerNet.accuracy": (
        wrong(
            "counted",
            Text("This is the number of right answers. The accuracy is their share of the batch."),
            ("return np.sum(y == t) / float(x.shape[0])", "return np.sum(y == t)"),
        ),
        wrong(
            "one_for_all",
            Text("argmax without an axis finds one place in the whole batch. Each sample has its own: axis=1."),
            ("y = np.argmax(self.predict(x), axis=1)", "y = np.argmax(self.predict(x))"),
        ),
        wrong(
            "percent",
            Text("This is in percent. The accuracy is a share between 0 and 1."),
            ("return np.sum(y == t) / float(x.shape[0])", "return 100 * np.sum(y == t) / float(x.shape[0])"),
        ),
        wrong(
            "errors",
            Text("This is the share of wrong answers. The accuracy is the share of right ones."),
            ("y == t", "y != t"),
        ),
    ),
    "TwoLayerNet.numerical_gradient": (
        wrong(
            "asked_once",
            Text(
                "All differences are 0. f has to be a function that computes the loss anew at each call, lambda "
                "W: self.loss(x, t): not a number computed before, and not the accuracy, which hardly ever "
                "changes."
            ),
            (
                "        def loss_W(W):\n            return self.loss(x, t)\n",
                "        here = self.loss(x, t)\n\n        def loss_W(W):\n            return here\n",
            ),
        ),
        wrong(
            "exchanged",
            Text("The gradients of the two layers have changed places."),
            (
                "{key: numerical_gradient(loss_W, self.params[key])",
                "{key[0] + str(3 - int(key[1])): numerical_gradient(loss_W, self.params[key])",
            ),
        ),
    ),
    "TwoLayerNet.gradient": (
        wrong(
            "undivided",
            Text("These are the gradients of the sum over the batch. The loss is a mean: divide by N."),
            ("dy = (y - t) / x.shape[0]", "dy = y - t"),
        ),
        wrong(
            "divided_by_classes",
            Text("This was divided by the number of classes. Divide by N, the number of samples."),
            ("dy = (y - t) / x.shape[0]", "dy = (y - t) / y.shape[1]"),
        ),
        wrong(
            "turned",
            Text("All gradients have the wrong sign: it is y − t, not t − y."),
            ("dy = (y - t) / x.shape[0]", "dy = (t - y) / x.shape[0]"),
        ),
        wrong(
            "output_alone",
            Text("The labels were never subtracted: it is y − t."),
            ("dy = (y - t) / x.shape[0]", "dy = y / x.shape[0]"),
        ),
        wrong(
            "no_slope",
            Text("The slope of the hidden layer's activation is missing on the way back."),
            ('da = np.dot(dy, self.params["W2"].T) * self.slope(z)', 'da = np.dot(dy, self.params["W2"].T)'),
        ),
        wrong(
            "slope_of_sum",
            Text(
                "The slope was computed from the wrong numbers: z(1 − z) takes the output z of the activation, "
                "not the sum before it."
            ),
            (
                'da = np.dot(dy, self.params["W2"].T) * self.slope(z)',
                'da = np.dot(dy, self.params["W2"].T) * self.slope(np.dot(x, self.params["W1"]) + self.params["b1"])',
            ),
        ),
        wrong(
            "slope_alone",
            Text("Only the slope reaches the first layer. It has to be multiplied by what came back through W2."),
            (
                'da = np.dot(dy, self.params["W2"].T) * self.slope(z)',
                "da = np.ones_like(z) * self.slope(z) / x.shape[0]",
            ),
        ),
        wrong(
            "bias_mean",
            Text("The gradient of a bias is the sum over the samples. dy has been divided by N already."),
            ("np.sum(", "np.mean("),
        ),
        wrong(
            "unsummed_first",
            Text("b1 got the gradient of the first sample only. For a batch it is the sum over the samples."),
            ("np.sum(da, axis=0)", "da[0]"),
        ),
        wrong(
            "input_of_second",
            Text(
                "W2 was multiplied by the output of the hidden layer. So its gradient takes that output, not the "
                "sum before the activation."
            ),
            ("np.dot(z.T, dy)", 'np.dot((np.dot(x, self.params["W1"]) + self.params["b1"]).T, dy)'),
        ),
        wrong(
            "accumulated",
            Text("The second call still contains the gradients of the first. Each call has to begin anew."),
            (
                '        return {\n            "W1": np.dot(x.T, da),\n            "b1": np.sum(da, axis=0),\n'
                '            "W2": np.dot(z.T, dy),\n            "b2": np.sum(dy, axis=0),\n        }\n',
                '        now = {\n            "W1": np.dot(x.T, da),\n            "b1": np.sum(da, axis=0),\n'
                '            "W2": np.dot(z.T, dy),\n            "b2": np.sum(dy, axis=0),\n        }\n'
                '        before = getattr(self, "kept", None)\n'
                "        self.kept = now if before is None else {key: before[key] + now[key] for key in now}\n"
                "        return self.kept\n",
            ),
        ),
        wrong(
            "stale",
            Text(
                "The second call uses numbers that the first one kept. gradient has to go forward itself before "
                "it goes back."
            ),
            ("        y = softmax", '        z = self.kept = getattr(self, "kept", z)\n        y = softmax'),
        ),
        wrong(
            "updated",
            Text(
                "gradient has changed params. It only computes the gradients; the update belongs to the training loop."
            ),
            (
                '        return {\n            "W1": np.dot(x.T, da),\n            "b1": np.sum(da, axis=0),\n'
                '            "W2": np.dot(z.T, dy),\n            "b2": np.sum(dy, axis=0),\n        }\n',
                '        now = {\n            "W1": np.dot(x.T, da),\n            "b1": np.sum(da, axis=0),\n'
                '            "W2": np.dot(z.T, dy),\n            "b2": np.sum(dy, axis=0),\n        }\n'
                "        for key in now:\n            self.params[key] -= 0.1 * now[key]\n        return now\n",
            ),
        ),
    ),
    "TwoLayerNet.slope": (
        wrong(
            "slope_of_slope",
            Text("z has been through sigmoid already: the slope is z(1 − z), without another sigmoid."),
            ("return z * (1 - z)", "return sigmoid(z) * (1 - sigmoid(z))"),
        ),
        wrong(
            "mask_turned",
            Text("The gradient passes where ReLU was closed. It has to pass where the output is above 0."),
            ("return np.where(z > 0, 1.0, 0.0)", "return np.where(z > 0, 0.0, 1.0)"),
        ),
    ),
    "MultiLayerNet.__init__": (
        wrong(
            "xavier",
            Text("This is Xavier's standard deviation, √(1/n). With ReLU it is He's: √(2/n)."),
            ("scale = np.sqrt(2.0 / sizes[idx - 1])", "scale = np.sqrt(1.0 / sizes[idx - 1])"),
        ),
        wrong(
            "fan_out",
            Text("n is the number of outputs of the layer here. He's standard deviation takes that of its inputs."),
            ("scale = np.sqrt(2.0 / sizes[idx - 1])", "scale = np.sqrt(2.0 / sizes[idx])"),
        ),
        wrong(
            "one_fan_in",
            Text("All layers begin with the spread of the first. Each takes the number of its own inputs."),
            ("scale = np.sqrt(2.0 / sizes[idx - 1])", "scale = np.sqrt(2.0 / input_size)"),
        ),
        wrong(
            "fixed_spread",
            Text("The weights begin with 0.01 whatever the size. He's standard deviation is √(2/n)."),
            ("scale = np.sqrt(2.0 / sizes[idx - 1])", "scale = 0.01"),
        ),
        wrong(
            "variance",
            Text("2/n is the variance. The standard deviation, by which randn is multiplied, is its root."),
            ("scale = np.sqrt(2.0 / sizes[idx - 1])", "scale = 2.0 / sizes[idx - 1]"),
        ),
        wrong(
            "random_biases",
            Text("The biases are random, too. They have to begin at 0."),
            ("np.zeros(sizes[idx])", "np.linspace(-1, 1, sizes[idx])"),
        ),
    ),
    "MultiLayerNet.forward": (
        wrong(
            "linear",
            Text("There is no activation between the layers: they are no more than one linear layer."),
            ("relu(a) * mask", "a * mask"),
            ("slopes.append((a > 0) * mask)", "slopes.append(np.ones_like(a) * mask)"),
        ),
        wrong(
            "relu_last",
            Text("The scores went through ReLU, too. After the last layer only softmax comes."),
            ("return self.affine(self.last, inputs[-1]),", "return relu(self.affine(self.last, inputs[-1])),"),
        ),
        wrong(
            "no_slope",
            Text("ReLU is missing on the way back: nothing passes where its input was not above 0."),
            ("slopes.append((a > 0) * mask)", "slopes.append(np.ones_like(a) * mask)"),
        ),
        wrong(
            "first_layer_alone",
            Text("Only the neurons of one hidden layer drop out. Dropout comes after each ReLU."),
            ("mask = self.mask(a.shape, train_flg)", "mask = self.mask(a.shape, train_flg) if idx == 1 else 1.0"),
        ),
        wrong(
            "scores_dropped",
            Text("Scores drop out, too. Dropout comes after the hidden layers alone."),
            (
                "return self.affine(self.last, inputs[-1]), inputs",
                "scores = self.affine(self.last, inputs[-1])\n"
                "        return scores * self.mask(scores.shape, train_flg), inputs",
            ),
        ),
        wrong(
            "mask_drawn_anew",
            Text("The way back draws masks of its own. It has to use those of the pass forward."),
            ("slopes.append((a > 0) * mask)", "slopes.append((a > 0) * self.mask(a.shape, train_flg))"),
        ),
        wrong(
            "mask_forgotten",
            Text("The masks are missing on the way back: neurons that dropped out get a gradient."),
            ("slopes.append((a > 0) * mask)", "slopes.append((a > 0) * 1.0)"),
        ),
    ),
    "MultiLayerNet.affine": (
        wrong("no_biases", Text("The biases are never added."), (' + self.params[f"b{idx}"]', "")),
    ),
    "MultiLayerNet.loss": (
        wrong(
            "whole_decay",
            Text("The ½ is missing: the loss grows by λ/2 times the sum of the squares."),
            (
                '0.5 * self.weight_decay_lambda * np.sum(self.params[f"W{idx}"] ** 2)',
                'self.weight_decay_lambda * np.sum(self.params[f"W{idx}"] ** 2)',
            ),
        ),
        wrong(
            "decay_of_one",
            Text("The squares of one W alone count. Weight decay is for the W of all layers."),
            ("range(1, self.last + 1)", "range(1, 2)"),
        ),
        wrong(
            "decay_not_in_loss",
            Text("Weight decay is missing in the loss. The gradients know of it."),
            (", t) + weight_decay", ", t)"),
        ),
        wrong(
            "loss_in_test_mode",
            Text("loss does not hand train_flg on to predict: it is the loss of a test every time."),
            ("softmax(self.predict(x, train_flg)), t)", "softmax(self.predict(x)), t)"),
        ),
    ),
    "MultiLayerNet": (
        wrong(
            "decay_of_biases",
            Text("The squares of the biases count here, too. Weight decay is for the W alone."),
            (
                'np.sum(self.params[f"W{idx}"] ** 2)',
                '(np.sum(self.params[f"W{idx}"] ** 2) + np.sum(self.params[f"b{idx}"] ** 2))',
            ),
            (
                'grads[f"b{idx}"] = np.sum(dout, axis=0)',
                'grads[f"b{idx}"] = np.sum(dout, axis=0) + self.weight_decay_lambda * self.params[f"b{idx}"]',
            ),
        ),
        wrong(
            "no_decay",
            Text("weight_decay_lambda is never used: neither in the loss nor in gradient."),
            (", t) + weight_decay", ", t)"),
            (" + self.weight_decay_lambda * W", ""),
        ),
        wrong(
            "scale_forgotten",
            Text("Training divides by 1 − ratio, and the way back does not. It multiplies by just the same numbers."),
            (
                "return np.random.rand(*shape) > self.dropout_ratio",
                "return (np.random.rand(*shape) > self.dropout_ratio) / (1 - self.dropout_ratio)",
            ),
            ("return 1.0 - self.dropout_ratio", "return 1.0"),
            ("slopes.append((a > 0) * mask)", "slopes.append((a > 0) * (np.asarray(mask) > 0))"),
        ),
    ),
    "MultiLayerNet.gradient": (
        wrong(
            "decay_not_in_gradient",
            Text("Weight decay is missing in the gradients: the loss has it, and the gradient of ½ λ W² is λ W."),
            (" + self.weight_decay_lambda * W", ""),
        ),
        wrong(
            "decay_doubled",
            Text("The gradient of ½ λ W² is λ W: the ½ and the 2 cancel out."),
            (" + self.weight_decay_lambda * W", " + 2 * self.weight_decay_lambda * W"),
        ),
        wrong(
            "decay_of_biases_back",
            Text("The gradients of the biases have weight decay. The loss has it for the W alone."),
            (
                'grads[f"b{idx}"] = np.sum(dout, axis=0)',
                'grads[f"b{idx}"] = np.sum(dout, axis=0) + self.weight_decay_lambda * self.params[f"b{idx}"]',
            ),
        ),
        wrong(
            "forward_order",
            Text("On the way back the layers come in the same order as forward. It has to begin with the last one."),
            ("for idx in range(self.last, 0, -1):", "for idx in range(1, self.last + 1):"),
            (
                "            if idx > 1:\n                dout = np.dot(dout, W.T) * slopes[idx - 2]",
                "            if idx < self.last:\n                dout = np.dot(dout, W.T) * slopes[idx - 1]",
            ),
        ),
        wrong(
            "one_relu",
            Text("All hidden layers went back through the ReLU of the last one. Each layer needs one of its own."),
            (
                "                dout = np.dot(dout, W.T) * slopes[idx - 2]",
                "                dout = np.dot(dout, W.T) * slopes[-1]",
            ),
        ),
        wrong(
            "undivided",
            Text("These are the gradients of the sum over the batch. The loss is a mean: divide by N."),
            ("dout = (y - t) / x.shape[0]", "dout = y - t"),
        ),
        wrong(
            "bias_mean",
            Text("The gradient of a bias is the sum over the samples. What comes back has been divided by N already."),
            ('grads[f"b{idx}"] = np.sum(dout, axis=0)', 'grads[f"b{idx}"] = np.mean(dout, axis=0)'),
        ),
        wrong(
            "updated",
            Text("gradient has changed params. It only computes the gradients; updates belong to the optimizer."),
            (
                "                dout = np.dot(dout, W.T) * slopes[idx - 2]\n        return grads",
                "                dout = np.dot(dout, W.T) * slopes[idx - 2]\n        for key in grads:\n"
                "            self.params[key] -= 0.1 * grads[key]\n        return grads",
            ),
        ),
        wrong(
            "gradient_in_test_mode",
            Text("gradient goes forward as in a test: no neuron drops out."),
            ("self.forward(x, True)", "self.forward(x, False)"),
        ),
    ),
    "MultiLayerNet.mask": (
        wrong(
            "dropout_in_a_test",
            Text("Neurons drop out in a test, too. Without train_flg all of them pass."),
            ("if train_flg:", "if self.dropout_ratio:"),
        ),
        wrong(
            "never_dropped",
            Text("No neuron ever drops out, with train_flg neither."),
            ("return np.random.rand(*shape) > self.dropout_ratio", "return np.ones(shape)"),
        ),
        wrong(
            "ratio_kept",
            Text("dropout_ratio is the share that drops out. Here it is the share that stays."),
            ("np.random.rand(*shape) > self.dropout_ratio", "np.random.rand(*shape) < self.dropout_ratio"),
        ),
        wrong(
            "one_mask",
            Text("The same neurons drop out in every call. Each call draws new masks."),
            (
                "return np.random.rand(*shape) > self.dropout_ratio",
                "np.random.seed(0)\n            return np.random.rand(*shape) > self.dropout_ratio",
            ),
        ),
        wrong(
            "unscaled",
            Text(
                "In a test all neurons pass, and nothing makes up for it. Either a test multiplies by 1 − ratio, "
                "or training divides by it."
            ),
            ("return 1.0 - self.dropout_ratio", "return 1.0"),
        ),
        wrong(
            "scaled_by_ratio",
            Text("A test multiplies by the share that drops out. It is the share that stays: 1 − ratio."),
            ("return 1.0 - self.dropout_ratio", "return self.dropout_ratio"),
        ),
        wrong(
            "scaled_twice",
            Text("Training divides by 1 − ratio, and a test multiplies by it as well. One of them is enough."),
            (
                "return np.random.rand(*shape) > self.dropout_ratio",
                "return (np.random.rand(*shape) > self.dropout_ratio) / (1 - self.dropout_ratio)",
            ),
        ),
    ),
    "MultiLayerNet.accuracy": (
        wrong(
            "accuracy_in_training",
            Text("Neurons drop out in accuracy, too. It calls predict without train_flg."),
            ("np.argmax(self.predict(x), axis=1)", "np.argmax(self.predict(x, True), axis=1)"),
        ),
    ),
    "SimpleConvNet.__init__": (
        wrong(
            "without_pooling",
            Text("W2 has as many rows as the maps have numbers. Pooling comes before: it halves both sides."),
            (
                "pool_output_size = filter_num * (conv_output_size // 2) * (conv_output_size // 2)",
                "pool_output_size = filter_num * conv_output_size * conv_output_size",
            ),
        ),
        wrong(
            "of_picture",
            Text(
                "W2 has as many rows as if the convolution left the sides as they are. The maps are smaller than "
                "the picture."
            ),
            (
                "pool_output_size = filter_num * (conv_output_size // 2) * (conv_output_size // 2)",
                "pool_output_size = filter_num * (input_dim[1] // 2) ** 2",
            ),
        ),
        wrong(
            "one_map",
            Text("W2 has rows for one map only. There is a map for every filter."),
            (
                "pool_output_size = filter_num * (conv_output_size // 2) * (conv_output_size // 2)",
                "pool_output_size = (conv_output_size // 2) * (conv_output_size // 2)",
            ),
        ),
        wrong(
            "one_channel",
            Text("The filters have one channel only. Each has as many as the pictures: input_dim[0]."),
            ("randn(filter_num, input_dim[0], filter_size", "randn(filter_num, 1, filter_size"),
        ),
        wrong(
            "side_without_pad",
            Text("The side of the maps was computed without pad and stride of conv_param."),
            ("(input_dim[1] - filter_size + 2 * filter_pad) // filter_stride + 1", "input_dim[1] - filter_size + 1"),
        ),
        wrong(
            "unscaled",
            Text("The weights are much too large: multiply by weight_init_std, which is 0.01 unless another is given."),
            ("weight_init_std * np.random.randn", "np.random.randn"),
        ),
    ),
    "SimpleConvNet.predict": (
        wrong(
            "own_arrays",
            Text(
                "predict computes with other arrays than those in params. Whatever is learned is written into "
                "params: use self.params, or hand the same arrays to the layers."
            ),
            (
                "        self.maps =",
                '        self.kept = getattr(self, "kept", self.params["W3"].copy())\n        self.maps =',
            ),
            (
                'np.dot(self.hidden, self.params["W3"]) + self.params["b3"]',
                'np.dot(self.hidden, self.kept) + self.params["b3"]',
            ),
        ),
        wrong(
            "relu_of_scores",
            Text("The scores went through ReLU, too. Only softmax comes after them."),
            (
                'np.dot(self.hidden, self.params["W3"]) + self.params["b3"]',
                'relu(np.dot(self.hidden, self.params["W3"]) + self.params["b3"])',
            ),
        ),
    ),
    "SimpleConvNet": (
        wrong(
            "no_relu_of_maps",
            Text("ReLU is missing between convolution and pooling."),
            ("self.maps = relu(self.conv.forward(x))", "self.maps = self.conv.forward(x)"),
            (" * (self.maps > 0)", ""),
        ),
        wrong(
            "no_relu_of_hidden",
            Text("ReLU is missing between the two affine layers: without it they are no more than one."),
            (
                'self.hidden = relu(np.dot(self.flat, self.params["W2"]) + self.params["b2"])',
                'self.hidden = (np.dot(self.flat, self.params["W2"]) + self.params["b2"])',
            ),
            (" * (self.hidden > 0)", ""),
        ),
    ),
    "SimpleConvNet.loss": (
        wrong(
            "summed",
            Text("This is the sum over the batch. The loss is the mean."),
            (
                "return cross_entropy_error(self.predict(x), t)",
                "return len(x) * cross_entropy_error(self.predict(x), t)",
            ),
        ),
    ),
    "SimpleConvNet.accuracy": (
        wrong(
            "counted",
            Text("This is the number of right answers. The accuracy is their share."),
            ("return acc / x.shape[0]", "return acc"),
        ),
        wrong(
            "percent",
            Text("This is in percent. The accuracy is a share between 0 and 1."),
            ("return acc / x.shape[0]", "return 100 * acc / x.shape[0]"),
        ),
        wrong(
            "last_part",
            Text("This is the share of the last part only. Count the right answers of all parts."),
            ("acc += np.sum(y == t[i : i + batch_size])", "acc = x.shape[0] * np.mean(y == t[i : i + batch_size])"),
        ),
    ),
    "SimpleConvNet.gradient": (
        wrong(
            "undivided",
            Text("These are the gradients of the sum over the batch. The loss is a mean: divide by N."),
            ("dscores = (y - t) / x.shape[0]", "dscores = y - t"),
        ),
        wrong(
            "turned",
            Text("All gradients have the wrong sign: it is y − t, not t − y."),
            ("dscores = (y - t) / x.shape[0]", "dscores = (t - y) / x.shape[0]"),
        ),
        wrong(
            "bias_mean",
            Text("The gradient of a bias is the sum over the samples. It has been divided by N already."),
            ("np.sum(", "np.mean("),
        ),
        wrong(
            "no_mask_of_hidden",
            Text("ReLU of the hidden layer is missing on the way back: where it was closed, nothing passes."),
            (" * (self.hidden > 0)", ""),
        ),
        wrong(
            "no_mask_of_maps",
            Text("ReLU behind the convolution is missing on the way back: where it was closed, nothing passes."),
            (" * (self.maps > 0)", ""),
        ),
        wrong(
            "flattened_otherwise",
            Text(
                "What comes back to the pooling has its axes in another order. Forward flattened (N, FN, h, w): "
                "reshape to just that shape."
            ),
            (".reshape(self.pooled.shape)", ".reshape(len(x), *self.pooled.shape[2:], -1).transpose(0, 3, 1, 2)"),
        ),
        wrong(
            "accumulated",
            Text("The second call still contains the gradients of the first. Each call has to begin anew."),
            ('        return {\n            "W1": self.conv.dW,', '        now = {\n            "W1": self.conv.dW,'),
            (
                '            "b3": np.sum(dscores, axis=0),\n        }\n',
                '            "b3": np.sum(dscores, axis=0),\n        }\n'
                '        before = getattr(self, "before", None)\n'
                "        self.before = now if before is None else {key: before[key] + now[key] for key in now}\n"
                "        return self.before\n",
            ),
        ),
        wrong(
            "updated",
            Text("gradient has changed params. It only computes the gradients; the update comes after it."),
            ('        return {\n            "W1": self.conv.dW,', '        now = {\n            "W1": self.conv.dW,'),
            (
                '            "b3": np.sum(dscores, axis=0),\n        }\n',
                '            "b3": np.sum(dscores, axis=0),\n        }\n        for key in now:\n'
                "            self.params[key] -= 0.1 * now[key]\n        return now\n",
            ),
        ),
    ),
}
