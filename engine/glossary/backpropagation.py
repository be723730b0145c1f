"""Terms of chapter 5: graphs, gradients that come back, and how to check them."""

from engine.contract.text import Text
from engine.glossary.term import Term

BACKPROPAGATION = (
    Term(
        "computational_graph",
        Text("computational graph", "计算图"),
        Text(
            "A calculation drawn as nodes for the operations and arrows for the numbers that pass between them.",
            "把计算画成图：节点是运算，箭头是在运算之间传递的数。",
        ),
        ("computation graph",),
        ("运算图",),
    ),
    Term(
        "backward_propagation",
        Text("backward propagation", "反向传播"),
        Text(
            "Carrying gradients from the output back to the inputs, node by node, against the arrows.",
            "逆着箭头，把梯度从输出逐个节点传回输入。",
        ),
        ("backward pass", "backward"),
        ("后向传播",),
    ),
    Term(
        "backpropagation",
        Text("backpropagation", "误差反向传播法"),
        Text(
            "The method that obtains the gradient of all parameters by one forward and one backward pass"
            " with the chain rule.",
            "用链式法则，一次正向加一次反向就求出全部参数梯度的方法。",
        ),
        ("backprop", "error backpropagation"),
        ("反向传播算法", "BP 算法"),
    ),
    Term(
        "chain_rule",
        Text("chain rule", "链式法则"),
        Text(
            "The derivative of a composed function is the product of the derivatives of its parts.",
            "复合函数的导数等于各部分导数的乘积。",
        ),
        ("composite function",),
        ("连锁律", "复合函数求导"),
    ),
    Term(
        "upstream_gradient",
        Text("upstream gradient", "上游梯度"),
        Text(
            "The gradient that arrives at a node from the side of the output.",
            "从输出一侧传到节点的梯度。",
        ),
        ("upstream", "dout"),
        ("上游", "dout"),
    ),
    Term(
        "downstream_gradient",
        Text("downstream gradient", "下游梯度"),
        Text(
            "The gradient that a node passes on towards the inputs: upstream times local.",
            "节点往输入一侧传出的梯度，等于上游梯度乘局部导数。",
        ),
        ("downstream",),
        ("下游",),
    ),
    Term(
        "local_derivative",
        Text("local derivative", "局部导数"),
        Text(
            "The derivative of a node's own output with respect to one of its own inputs.",
            "节点自己的输出对自己某个输入的导数。",
        ),
        ("local gradient", "local"),
        ("局部梯度", "局部"),
    ),
    Term(
        "fan_out",
        Text("fan-out", "分支"),
        Text(
            "A place where one value goes to several nodes; on the way back their gradients are added.",
            "一个值送往多个节点的地方，反向时各路梯度相加。",
        ),
        ("branch", "fork"),
        ("分支节点", "分叉"),
    ),
    Term(
        "affine_layer",
        Text("affine layer", "Affine 层"),
        Text(
            "The layer that computes XW + b, a matrix product and an added bias.",
            "计算 XW + b 的层：一次矩阵乘法，再加偏置。",
        ),
        ("affine", "linear layer"),
        ("仿射层", "线性层", "仿射变换"),
    ),
    Term(
        "softmax_with_loss",
        Text("softmax with loss", "Softmax-with-Loss 层"),
        Text(
            "Softmax and cross entropy in one layer, whose gradient is simply y − t, divided by the batch size.",
            "把 softmax 和交叉熵合成一层，梯度就是 y − t 除以批大小。",
        ),
        ("SoftmaxWithLoss",),
        ("SoftmaxWithLoss",),
    ),
    Term(
        "gradient_check",
        Text("gradient check", "梯度确认"),
        Text(
            "Comparing the gradients from backpropagation with numerical ones to find mistakes in the code.",
            "把反向传播得到的梯度与数值微分的结果比较，找出代码的错误。",
        ),
        ("gradient checking",),
        ("梯度检验", "梯度检查"),
    ),
    Term(
        "saturated",
        Text("saturated", "饱和"),
        Text(
            "So far out on the flat part of an activation function that its slope is almost zero.",
            "落在激活函数的平坦部分，斜率几乎为零。",
        ),
        ("saturation",),
        ("饱和区",),
    ),
    Term(
        "dead_unit",
        Text("dead unit", "失活（恒为 0）"),
        Text(
            "A ReLU unit that puts out 0 for every sample, so that no gradient reaches its weights any more.",
            "ReLU 单元对所有样本都输出 0，梯度再也传不到它的权重。",
        ),
        ("dead", "dying ReLU"),
        ("失活", "恒为 0", "死亡神经元"),
    ),
    Term(
        "vanishing_gradient",
        Text("vanishing gradient", "梯度消失"),
        Text(
            "Gradients that shrink from layer to layer on the way back until the first layers hardly learn.",
            "梯度往回传时逐层变小，前面的层几乎学不到东西。",
        ),
        ("vanishing gradients",),
        ("梯度弥散",),
    ),
)
