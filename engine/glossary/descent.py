"""Terms of chapter 4, second half: going downhill step by step, and what may become of it."""

from engine.contract.text import Text, same
from engine.glossary.term import Term

DESCENT = (
    Term(
        "gradient_descent",
        Text("gradient descent", "梯度下降法"),
        Text(
            "Lowering a function by repeated steps along the negative gradient, each scaled by the learning rate.",
            "沿负梯度方向一步步走，使函数值减小，每步按学习率缩放。",
        ),
        ("steepest descent",),
        ("梯度法", "最速下降法"),
    ),
    Term(
        "sgd",
        Text("stochastic gradient descent (SGD)", "随机梯度下降法（SGD）"),
        Text(
            "Gradient descent in which each step uses the gradient of a few randomly chosen samples.",
            "每一步只用随机选出的少量样本来算梯度的梯度下降法。",
        ),
        ("SGD", "stochastic gradient descent"),
        ("SGD", "随机梯度下降法", "随机梯度下降"),
    ),
    Term(
        "learning_rate",
        Text("learning rate", "学习率"),
        Text(
            "The factor that a step is scaled by: if too small, descent crawls; if too large, it swings or diverges.",
            "决定每步走多远的系数：太小几乎不动，太大会振荡或发散。",
        ),
        ("step size", "η", "eta", "lr"),
        ("η", "lr"),
    ),
    Term(
        "hyperparameter",
        Text("hyperparameter", "超参数"),
        Text(
            "A setting chosen before learning instead of learned, such as the learning rate or the number of layers.",
            "学习之前由人选定、不由学习得到的设置，如学习率和层数。",
        ),
        ("hyper-parameter",),
        ("超参",),
    ),
    Term(
        "mini_batch",
        same("mini-batch"),
        Text(
            "The small random part of the training data that one update is computed from.",
            "一次更新所用的、从训练数据中随机取出的一小部分。",
        ),
        ("minibatch",),
        ("小批量", "小批次"),
    ),
    Term(
        "batch_size",
        Text("batch size", "批大小"),
        Text("The number of samples in one batch.", "一批里样本的个数。"),
        ("size of a batch",),
        ("批量大小", "批次大小"),
    ),
    Term(
        "update",
        Text("update", "更新"),
        Text(
            "One change of all parameters, computed from one mini-batch.",
            "根据一个 mini-batch 把全部参数改动一次。",
        ),
        ("iteration", "step"),
        ("更新（次）", "iteration", "迭代"),
    ),
    Term(
        "epoch",
        Text("epoch", "epoch（轮）"),
        Text(
            "As many updates as it takes to use as many samples as the training data has.",
            "用掉的样本数等于训练数据总数时，算一个 epoch。",
        ),
        ("pass over the data",),
        ("轮", "回合"),
    ),
    Term(
        "minimum",
        Text("minimum", "最小值"),
        Text(
            "A point where a function is lowest: a global one is lowest of all, a local one only in its surroundings.",
            "函数最低的地方：全局最小值比哪里都低，局部极小值只比周围低。",
        ),
        ("global minimum", "local minimum"),
        ("极小值", "局部最小值", "全局最小值"),
    ),
    Term(
        "saddle_point",
        Text("saddle point", "鞍点"),
        Text(
            "A point with zero gradient that is a valley in one direction and a ridge in another.",
            "梯度为零，一个方向上是谷、另一个方向上是脊的点。",
        ),
    ),
    Term(
        "converged",
        Text("converged", "收敛"),
        Text(
            "Having come so close to a final value that further updates change almost nothing.",
            "已经足够接近最终值，再更新也几乎不变。",
        ),
        ("convergence", "settled"),
        ("已收敛",),
    ),
    Term(
        "oscillating",
        Text("oscillating", "振荡"),
        Text(
            "Jumping from one side of the valley to the other, because the steps are too long.",
            "步子太大，在谷的两侧来回跳。",
        ),
        ("oscillation", "zigzag", "swinging"),
        ("震荡", "来回摆动"),
    ),
    Term(
        "diverged",
        Text("diverged", "发散"),
        Text(
            "Having moved further and further away until the numbers grow without limit.",
            "越走越远，数值不断变大，没有止境。",
        ),
        ("divergence", "exploded"),
        ("爆炸",),
    ),
    Term(
        "crawling",
        Text("crawling", "几乎不动"),
        Text(
            "Moving so little with each update, because steps are too short, that the goal is hardly ever reached.",
            "步子太小，每次更新只动一点点，很久也到不了。",
        ),
        ("slow convergence",),
        ("收敛太慢",),
    ),
    Term(
        "plateau",
        Text("plateau", "停滞"),
        Text(
            "A stretch of training in which the loss hardly falls, because the gradient is almost zero there.",
            "梯度几乎为零，训练中损失很久降不下去的一段。",
        ),
        ("stalled", "flat region"),
        ("平台期", "高原"),
    ),
    Term(
        "left_the_plot",
        Text("left the plot", "走出画面"),
        Text(
            "The point has moved beyond the part of the plane that is drawn; it may still come back.",
            "点走到了画出的范围之外，但仍有可能回来。",
        ),
        ("out of view",),
        ("超出范围",),
    ),
    Term(
        "unbounded_below",
        Text("unbounded below", "无下界"),
        Text(
            "A function that takes values below any limit, so that descent never ends.",
            "函数值可以低于任何界限，下降永远没有终点。",
        ),
        ("no minimum",),
        ("没有最小值",),
    ),
    Term(
        "seed",
        Text("random seed", "随机种子"),
        Text(
            "The number that random draws start from; the same seed gives the same draws again.",
            "随机数的起点，种子相同，抽出的数就相同。",
        ),
        ("seed",),
        ("种子",),
    ),
)
