"""Chapters 4 and 5. The loop that trains a network."""

import numpy as np


def train(network, x_train, t_train, x_test, t_test, epochs=3, batch_size=100, learning_rate=0.1):
    """-> train_loss_list (a loss for every update), train_acc_list and test_acc_list (for every epoch)"""
    train_loss_list = []
    train_acc_list = []
    test_acc_list = []
    for _ in range(epochs):
        for _ in range(len(x_train) // batch_size):
            batch_mask = np.random.choice(len(x_train), batch_size)
            x_batch = x_train[batch_mask]
            t_batch = t_train[batch_mask]
            grad = network.gradient(x_batch, t_batch)
            for key in network.params:
                network.params[key] -= learning_rate * grad[key]
            train_loss_list.append(network.loss(x_batch, t_batch))
        train_acc_list.append(network.accuracy(x_train, t_train))
        test_acc_list.append(network.accuracy(x_test, t_test))
    return train_loss_list, train_acc_list, test_acc_list
