"""The lines at the end of the learner's file that train the network when Python runs the file in a terminal."""

from __future__ import annotations

from engine.data.digits import FILE
from engine.own_network.learning import BATCH, EPOCHS, IMAGES, RATE, SIZES, TEST

MARK = 'if __name__ == "__main__":'
"""The first of these lines; what follows it does not run when the file is checked."""


def checked_part(source: str) -> str:
    """The source of a file without these lines."""
    return source.partition(f"\n{MARK}")[0].rstrip()


def terminal_lines() -> str:
    """The text of these lines, which read MNIST from the program's folder and train as station 5 does."""
    return f"""{MARK}
    mnist = np.load({str(FILE)!r})
    x_train = mnist["train_images"][:{IMAGES}].reshape(-1, 784) / 255
    t_train = np.eye(10)[mnist["train_labels"][:{IMAGES}]]
    x_test = mnist["test_images"][:{TEST}].reshape(-1, 784) / 255
    t_test = np.eye(10)[mnist["test_labels"][:{TEST}]]
    network = TwoLayerNet{SIZES}
    losses, train_accuracies, test_accuracies = train(
        network, x_train, t_train, x_test, t_test, {EPOCHS}, {BATCH}, {RATE}
    )
    for epoch, (train_acc, test_acc) in enumerate(zip(train_accuracies, test_accuracies), start=1):
        print(epoch, train_acc, test_acc)
"""
