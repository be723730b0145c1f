"""Terms of chapter 6: optimizers, initial weights, normalization, regularization and search."""

from engine.contract.text import Text, same
from engine.glossary.term import Term

TECHNIQUES = (
    Term(
        "optimizer",
        Text("optimizer", "更新方法"),
        Text(
            "The rule that turns gradients into changes of the parameters.",
            "把梯度变成参数改动量的规则。",
        ),
        ("optimiser", "update rule"),
        ("优化器", "最优化方法"),
    ),
    Term(
        "momentum",
        same("Momentum"),
        Text(
            "An optimizer that keeps a velocity: each step adds the new gradient to a fading memory of earlier ones.",
            "带有速度的更新方法：新的梯度加在逐渐淡去的旧速度上。",
        ),
        ("velocity",),
        ("动量", "动量法"),
    ),
    Term(
        "nesterov",
        same("Nesterov"),
        Text(
            "Momentum that takes its gradient at the place where the velocity is about to carry it.",
            "先按速度往前看一步，在那里求梯度的 Momentum。",
        ),
        ("Nesterov accelerated gradient", "NAG"),
        ("Nesterov 动量", "NAG"),
    ),
    Term(
        "adagrad",
        same("AdaGrad"),
        Text(
            "An optimizer that divides each parameter's step by the root of the sum of its squared gradients so far.",
            "每个参数的步长除以它至今梯度平方和的平方根的更新方法。",
        ),
        ("adaptive gradient",),
        ("自适应梯度",),
    ),
    Term(
        "rmsprop",
        same("RMSProp"),
        Text(
            "AdaGrad with a fading average of the squared gradients, so that the steps do not die away.",
            "用逐渐淡忘的平均代替总和的 AdaGrad，步长不会越变越小。",
        ),
        ("root mean square propagation",),
        ("均方根传播",),
    ),
    Term(
        "adam",
        same("Adam"),
        Text(
            "An optimizer with fading averages of the gradient and its square, both corrected for their start at zero.",
            "对梯度和梯度平方各取逐渐淡忘的平均，并修正零起点偏差的更新方法。",
        ),
        ("adaptive moment estimation",),
        ("自适应矩估计",),
    ),
    Term(
        "adamw",
        same("AdamW"),
        Text(
            "Adam with a weight decay that shrinks the weights directly instead of passing through the averages.",
            "权值衰减不经过平均、直接缩小权重的 Adam。",
        ),
        ("decoupled weight decay",),
        ("解耦权值衰减",),
    ),
    Term(
        "initial_weights",
        Text("initial weights", "权重的初始值"),
        Text(
            "The random weights that learning starts from; all equal, the units of a layer would stay alike for ever.",
            "学习开始时的随机权重；若全相同，同层单元永远一样。",
        ),
        ("initialization", "weight initialization"),
        ("初始权重", "权重初始化", "参数初始化"),
    ),
    Term(
        "standard_deviation",
        Text("standard deviation", "标准差"),
        Text(
            "The root of the mean squared distance from the mean: how widely values spread.",
            "与平均值之差的平方取平均再开方，表示数据散得多开。",
        ),
        ("std", "spread"),
        ("std",),
    ),
    Term(
        "xavier",
        Text("Xavier initialization", "Xavier 初始值"),
        Text(
            "Initial weights with standard deviation √(1/n) for n inputs of a unit, made for sigmoid and tanh.",
            "标准差为 √(1/n) 的初始值，n 是单元的输入个数，适合 sigmoid 和 tanh。",
        ),
        ("Glorot initialization",),
        ("Xavier 初始化", "Glorot 初始化"),
    ),
    Term(
        "he",
        Text("He initialization", "He 初始值"),
        Text(
            "Initial weights with standard deviation √(2/n) for n inputs of a unit, made for ReLU.",
            "标准差为 √(2/n) 的初始值，n 是单元的输入个数，适合 ReLU。",
        ),
        ("Kaiming initialization",),
        ("He 初始化", "Kaiming 初始化"),
    ),
    Term(
        "normalization",
        Text("normalization", "归一化"),
        Text(
            "Bringing data to a common scale, such as pixel values from 0 to 255 to the range 0 to 1.",
            "把数据变到统一的尺度，例如把 0 到 255 的像素值变到 0 到 1。",
        ),
        ("normalisation", "scaling"),
        ("正规化", "规范化"),
    ),
    Term(
        "standardization",
        Text("standardization", "标准化"),
        Text(
            "Shifting and scaling data so that the mean is 0 and the standard deviation 1.",
            "平移并缩放数据，使平均值为 0、标准差为 1。",
        ),
        ("standardisation", "z-score"),
        ("z 分数",),
    ),
    Term(
        "batch_normalization",
        Text("batch normalization", "Batch Normalization"),
        Text(
            "A layer that standardizes each value over the mini-batch and then applies a learned scale γ and shift β.",
            "在 mini-batch 内把每个量标准化，再用学到的 γ 缩放、β 平移的层。",
        ),
        ("batch norm", "BN"),
        ("批归一化", "批量归一化", "BN"),
    ),
    Term(
        "overfitting",
        Text("overfitting", "过拟合"),
        Text(
            "Fitting the training data so closely, chance included, that the model does worse on new data.",
            "连训练数据里的偶然也学了进去，对新数据反而更差。",
        ),
        ("over-fitting", "gap"),
        ("过度拟合",),
    ),
    Term(
        "regularization",
        Text("regularization", "正则化"),
        Text(
            "Any restraint on learning that is meant to narrow the gap between training and test results.",
            "为缩小训练与测试的差距而给学习加上的各种约束。",
        ),
        ("regularisation",),
        ("正则项",),
    ),
    Term(
        "weight_decay",
        Text("weight decay", "权值衰减"),
        Text(
            "A penalty ½ λ Σ w² added to the loss, so that every update also shrinks the weights a little.",
            "在损失上加 ½ λ Σ w²，每次更新都让权重再缩小一点。",
        ),
        ("L2 regularization", "ridge"),
        ("权重衰减", "L2 正则化"),
    ),
    Term(
        "dropout",
        same("Dropout"),
        Text(
            "Switching off random units in each training step; without scaling then, outputs are multiplied"
            " at test time by the share that is kept.",
            "训练时随机关掉一些单元；若当时不缩放，测试时输出要乘以保留的比例。",
        ),
        ("drop-out",),
        ("随机失活",),
    ),
    Term(
        "early_stopping",
        Text("early stopping", "早停"),
        Text(
            "Ending the training when the result on validation data stops improving.",
            "验证数据上的结果不再变好时，就结束训练。",
        ),
        ("early stop",),
        ("提前停止", "早停法"),
    ),
    Term(
        "random_search",
        Text("random search", "随机搜索"),
        Text(
            "Trying hyperparameters drawn at random, so that every trial tests a new value of each of them.",
            "随机抽取超参数来试，每次试验都用到每个超参数的新值。",
        ),
        ("random sampling",),
        ("随机采样",),
    ),
    Term(
        "grid_search",
        Text("grid search", "网格搜索"),
        Text(
            "Trying every combination of a few fixed values of each hyperparameter.",
            "给每个超参数定几个值，把所有组合都试一遍。",
        ),
        (),
        ("格点搜索",),
    ),
    Term(
        "log_scale",
        Text("log scale", "对数刻度"),
        Text(
            "A scale on which equal distances mean equal ratios, such as 0.001, 0.01, 0.1.",
            "相等的距离表示相等的倍数的刻度，例如 0.001、0.01、0.1。",
        ),
        ("logarithmic scale",),
        ("对数坐标", "对数尺度"),
    ),
)
