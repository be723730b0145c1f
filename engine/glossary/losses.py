"""Terms of chapter 4, first half: data, losses, and derivatives taken numerically."""

from engine.contract.text import Text
from engine.glossary.term import Term

LOSSES = (
    Term(
        "training_data",
        Text("training data", "训练数据"),
        Text(
            "The samples whose labels the parameters are fitted to.",
            "用来确定参数的、带标签的样本。",
        ),
        ("training set", "train"),
        ("训练集", "学习数据"),
    ),
    Term(
        "validation_data",
        Text("validation data", "验证数据"),
        Text(
            "Samples kept apart from training and used to choose hyperparameters.",
            "不参加训练、专门用来挑选超参数的样本。",
        ),
        ("validation set", "development set"),
        ("验证集",),
    ),
    Term(
        "test_data",
        Text("test data", "测试数据"),
        Text(
            "Samples used only at the very end to measure how well the model does on what it has never seen.",
            "只在最后使用，衡量模型对没见过的数据表现如何的样本。",
        ),
        ("test set",),
        ("测试集",),
    ),
    Term(
        "generalization",
        Text("generalization", "泛化能力"),
        Text(
            "How well a model does on data that it was not trained on.",
            "模型在没有训练过的数据上表现得有多好。",
        ),
        ("generalisation",),
        ("泛化",),
    ),
    Term(
        "loss_function",
        Text("loss function", "损失函数"),
        Text(
            "A function that says in one number how wrong the outputs are; learning makes it smaller.",
            "用一个数说明输出错得多厉害的函数，学习就是让它变小。",
        ),
        ("loss", "cost function", "objective", "L"),
        ("损失", "代价函数", "目标函数", "L"),
    ),
    Term(
        "half_sum",
        Text("½ sum of squares", "平方和误差"),
        Text(
            "½ Σ (y − t)²: half the sum of the squared differences, a sum and not an average.",
            "½ Σ (y − t)²，差的平方之和的一半，是求和而不是平均。",
        ),
        ("half sum", "half sum of squares", "sum of squared errors", "sum squared error", "SSE"),
        ("误差平方和", "½Σ", "SSE"),
    ),
    Term(
        "mean_squared_error",
        Text("mean squared error", "均方误差"),
        Text(
            "The average of the squared differences, (1/n) Σ (y − t)².",
            "差的平方的平均值，即 (1/n) Σ (y − t)²。",
        ),
        ("mean square", "MSE"),
        ("MSE",),
    ),
    Term(
        "cross_entropy",
        Text("cross entropy error", "交叉熵误差"),
        Text(
            "−Σ t log y; with one-hot labels it is minus the logarithm of the probability given to the right class.",
            "−Σ t log y；标签为 one-hot 时，就是正确类别的概率取对数再取负。",
        ),
        ("cross entropy", "log loss", "negative log likelihood"),
        ("交叉熵", "对数损失"),
    ),
    Term(
        "derivative",
        Text("derivative", "导数"),
        Text(
            "How fast a function changes at a point: the slope of its tangent there.",
            "函数在某一点变化得多快，也就是那里切线的斜率。",
        ),
        ("slope", "differentiation"),
        ("斜率", "微分"),
    ),
    Term(
        "partial_derivative",
        Text("partial derivative", "偏导数"),
        Text(
            "The derivative with respect to one variable while all others stay fixed.",
            "其他变量都固定时，对其中一个变量的导数。",
        ),
        ("∂",),
        ("偏微分", "∂"),
    ),
    Term(
        "numerical_differentiation",
        Text("numerical differentiation", "数值微分"),
        Text(
            "Estimating a derivative from function values a small distance h apart.",
            "用相距一小段 h 的两处函数值来估计导数。",
        ),
        ("numerical gradient", "finite difference"),
        ("数值梯度", "有限差分"),
    ),
    Term(
        "forward_difference",
        Text("forward difference", "前向差分"),
        Text(
            "(f(x + h) − f(x)) / h; for small h its error shrinks in proportion to h, until rounding takes over.",
            "(f(x + h) − f(x)) / h，舍入误差起作用之前，误差与 h 成正比。",
        ),
    ),
    Term(
        "central_difference",
        Text("central difference", "中心差分"),
        Text(
            "(f(x + h) − f(x − h)) / 2h; for small h its error shrinks with h², until rounding takes over.",
            "(f(x + h) − f(x − h)) / 2h，舍入误差起作用之前，误差与 h² 成正比。",
        ),
        ("symmetric difference",),
        ("对称差分",),
    ),
    Term(
        "rounding_error",
        Text("rounding error", "舍入误差"),
        Text(
            "The difference between a number and the nearest one that the computer can store.",
            "一个数与计算机能存下的最近的数之间的差。",
        ),
        ("round-off", "floating-point error"),
        ("浮点误差",),
    ),
    Term(
        "precision",
        Text("floating-point precision", "浮点精度"),
        Text(
            "How many digits a number format keeps: about 7 for float32, about 16 for float64.",
            "数值格式能保留的有效位数：float32 约 7 位，float64 约 16 位。",
        ),
        ("float32", "float64", "machine epsilon"),
        ("float32", "float64", "精度", "机器精度"),
    ),
    Term(
        "gradient",
        Text("gradient", "梯度"),
        Text(
            "All partial derivatives as one vector; it points where the function increases most steeply.",
            "全部偏导数组成的向量，指向函数上升最快的方向。",
        ),
        ("∇", "nabla"),
        ("∇", "梯度向量"),
    ),
    Term(
        "contour",
        Text("contour line", "等高线"),
        Text(
            "A line along which a function keeps one value; the gradient stands perpendicular to it.",
            "函数值相同的点连成的线，梯度与它垂直。",
        ),
        ("level line", "isoline"),
        ("等值线",),
    ),
)
