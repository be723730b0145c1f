"""Common mistakes in the loop that trains a network."""

from __future__ import annotations

from engine.contract.text import Text
from engine.pieces.mistakes.mistake import wrong

MISTAKES = {
    "train": (
        wrong(
            "one_epoch",
            Text("This is only one epoch. The loop over the batches has to run in every epoch."),
            ("for _ in range(epochs):", "for _ in range(1):"),
        ),
        wrong(
            "one_update_an_epoch",
            Text("Each epoch had only one update. It has as many as there are full batches."),
            ("for _ in range(len(x_train) // batch_size):", "for _ in range(1):"),
        ),
        wrong(
            "one_an_image",
            Text("Each epoch had one update for every sample. It has len(x_train) // batch_size updates."),
            ("for _ in range(len(x_train) // batch_size):", "for _ in range(len(x_train)):"),
        ),
        wrong(
            "fixed_size",
            Text("The batch does not have batch_size samples."),
            ("np.random.choice(len(x_train), batch_size)", "np.random.choice(len(x_train), 7)"),
        ),
        wrong(
            "whole_data",
            Text("Every update used all samples. A batch is only some of them, drawn at random."),
            ("np.random.choice(len(x_train), batch_size)", "np.arange(len(x_train))"),
        ),
        wrong(
            "test_data",
            Text("The network learned from test samples. They are there only to test it."),
            (
                "x_batch = x_train[batch_mask]",
                "batch_mask = batch_mask % len(x_test)\n            x_batch = x_test[batch_mask]",
            ),
            ("t_train[batch_mask]", "t_test[batch_mask]"),
        ),
        wrong(
            "labels_apart",
            Text("The labels do not belong to the samples. Pick both by the same row numbers."),
            ("t_train[batch_mask]", "t_train[:batch_size]"),
        ),
        wrong(
            "drawn_once",
            Text("All updates used the same batch, since it is drawn before the loop. Draw a new one in every update."),
            (
                "    for _ in range(epochs):\n",
                "    batch_mask = np.random.choice(len(x_train), batch_size)\n    for _ in range(epochs):\n",
            ),
            ("            batch_mask = np.random.choice(len(x_train), batch_size)\n", ""),
        ),
        wrong(
            "first_rows",
            Text("Every batch is the first rows of the data. Draw the row numbers at random."),
            ("np.random.choice(len(x_train), batch_size)", "np.arange(batch_size)"),
        ),
        wrong(
            "in_order",
            Text(
                "The batches come in the order of the data, which may be sorted by class. Draw the row numbers "
                "at random."
            ),
            (
                "        for _ in range(len(x_train) // batch_size):\n"
                "            batch_mask = np.random.choice(len(x_train), batch_size)\n",
                "        for i in range(0, len(x_train), batch_size):\n"
                "            batch_mask = np.arange(i, i + batch_size)\n",
            ),
        ),
        wrong(
            "uphill",
            Text("The gradients were added, so the loss grows. Subtract them."),
            ("network.params[key] -= learning_rate * grad[key]", "network.params[key] += learning_rate * grad[key]"),
        ),
        wrong(
            "without_rate",
            Text("The whole gradient was subtracted, without learning_rate."),
            ("network.params[key] -= learning_rate * grad[key]", "network.params[key] -= grad[key]"),
        ),
        wrong(
            "fixed_rate",
            Text("The learning rate is a fixed number here. Use the argument learning_rate."),
            ("network.params[key] -= learning_rate * grad[key]", "network.params[key] -= 0.1 * grad[key]"),
        ),
        wrong(
            "weights_only",
            Text("The biases were never updated. Go through all names in params."),
            ("for key in network.params:", 'for key in ("W1", "W2"):'),
        ),
        wrong(
            "never_updated",
            Text("The arrays in params never change: the result is written elsewhere."),
            (
                "network.params[key] -= learning_rate * grad[key]",
                "after = network.params[key] - learning_rate * grad[key]",
            ),
        ),
        wrong(
            "numerical",
            Text(
                "The loop asks for numerical_gradient: the same numbers, but with 784 inputs a single update "
                "would take many seconds. Ask for gradient, which station 4 made."
            ),
            ("grad = network.gradient(", "grad = network.numerical_gradient("),
        ),
        wrong(
            "loss_an_epoch",
            Text("One loss was kept in each epoch. Keep one in every update."),
            ("            train_loss_list.append(network.loss(x_batch, t_batch))\n", ""),
            (
                "        train_acc_list.append(",
                "        train_loss_list.append(network.loss(x_batch, t_batch))\n        train_acc_list.append(",
            ),
        ),
        wrong(
            "accuracy_an_update",
            Text("The accuracies were kept in every update. Once an epoch is enough."),
            ("        train_acc_list.append(", "            train_acc_list.append("),
            ("        test_acc_list.append(", "            test_acc_list.append("),
        ),
        wrong(
            "accuracy_of_batch",
            Text(
                "Not all of these are the accuracy on all training samples. Compute it on all of them, not on a batch."
            ),
            ("network.accuracy(x_train, t_train)", "network.accuracy(x_batch, t_batch)"),
        ),
        wrong(
            "exchanged",
            Text("The two lists of accuracies have changed places: training comes before test."),
            (
                "return train_loss_list, train_acc_list, test_acc_list",
                "return train_loss_list, test_acc_list, train_acc_list",
            ),
        ),
    ),
}
