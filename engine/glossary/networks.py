"""Terms of chapter 3: layers, activation functions and the way from an input to an answer."""

from engine.contract.text import Text, same
from engine.glossary.term import Term

NETWORKS = (
    Term(
        "neuron",
        Text("neuron", "神经元"),
        Text(
            "One unit of a network: it adds up its weighted inputs and passes the sum through an activation function.",
            "网络的一个单元：算出加权和，再通过激活函数输出。",
        ),
        ("unit", "node"),
        ("单元", "节点"),
    ),
    Term(
        "layer",
        Text("layer", "层"),
        Text(
            "Units that work side by side on the same inputs and hand their outputs to the next layer.",
            "并排处理同一组输入、再把输出交给下一层的一组单元。",
        ),
        ("input layer", "hidden layer", "output layer"),
        ("输入层", "隐藏层", "中间层", "输出层"),
    ),
    Term(
        "fully_connected",
        Text("fully connected", "全连接"),
        Text(
            "Every neuron of one layer is connected with every neuron of the next, and with none of its own layer.",
            "相邻两层的所有神经元两两相连，同一层之内没有连接。",
        ),
        ("fully connected layer", "dense layer"),
        ("全连接层", "稠密层"),
    ),
    Term(
        "activation_function",
        Text("activation function", "激活函数"),
        Text(
            "The function that turns the weighted sum into a neuron's output; inside a network it must not be linear.",
            "把加权和变成神经元输出的函数，在网络内部不能是线性的。",
        ),
        ("nonlinearity", "transfer function"),
        ("非线性函数",),
    ),
    Term(
        "activation",
        Text("activation", "激活值"),
        Text(
            "The number that a neuron puts out after its activation function.",
            "神经元经过激活函数之后输出的数。",
        ),
        ("activations", "output of a neuron", "z"),
        ("激活", "z"),
    ),
    Term(
        "step_function",
        Text("step function", "阶跃函数"),
        Text(
            "A function that is 0 up to 0 and 1 above; its slope is 0 everywhere except at the jump.",
            "大于 0 时为 1，否则为 0 的函数，除跳变处外斜率都是 0。",
        ),
        ("step", "Heaviside"),
        ("step",),
    ),
    Term(
        "sigmoid",
        Text("sigmoid", "sigmoid 函数"),
        Text(
            "The smooth function 1/(1 + e⁻ᵃ), which squeezes any number into (0, 1); its slope is at most 0.25.",
            "平滑函数 1/(1 + e⁻ᵃ)，把任何数压到 0 和 1 之间，斜率最大 0.25。",
        ),
        ("logistic function", "σ"),
        ("逻辑函数", "S 形函数", "σ"),
    ),
    Term(
        "relu",
        Text("ReLU", "ReLU 函数"),
        Text(
            "The function max(0, a): it passes positive numbers on unchanged and turns the others into 0.",
            "函数 max(0, a)：正数原样通过，其余变成 0。",
        ),
        ("rectified linear unit", "ramp"),
        ("线性整流函数", "修正线性单元"),
    ),
    Term(
        "leaky_relu",
        same("Leaky ReLU"),
        Text(
            "ReLU with a small slope below 0 instead of none, so that a unit cannot die.",
            "负数一侧留有小斜率的 ReLU，单元因此不会失活。",
        ),
        ("leaky rectifier",),
        ("带泄漏的 ReLU",),
    ),
    Term(
        "tanh",
        Text("tanh", "tanh 函数"),
        Text(
            "The hyperbolic tangent: S-shaped like sigmoid, but from −1 to 1 and with slope 1 in the middle.",
            "形状像 sigmoid，但取值从 −1 到 1，中间斜率为 1 的函数。",
        ),
        ("hyperbolic tangent",),
        ("双曲正切",),
    ),
    Term(
        "identity_function",
        Text("identity function", "恒等函数"),
        Text(
            "The function that gives back its input; the output layer of a regression uses it.",
            "原样返回输入的函数，回归问题的输出层用它。",
        ),
        ("identity", "linear"),
        ("恒等映射",),
    ),
    Term(
        "softmax",
        Text("softmax", "softmax 函数"),
        Text(
            "Turns scores into positive numbers that sum to 1, each in proportion to e to the power of its score.",
            "把得分变成和为 1 的正数，每个都与 e 的得分次方成正比。",
        ),
        ("soft argmax",),
        ("归一化指数函数",),
    ),
    Term(
        "score",
        Text("score", "得分"),
        Text(
            "An output of the last layer before softmax; only the differences between scores count.",
            "最后一层在 softmax 之前的输出，起作用的只是它们之间的差。",
        ),
        ("logit", "logits"),
        ("logit",),
    ),
    Term(
        "temperature",
        Text("temperature", "温度"),
        Text(
            "The number that all scores are divided by before softmax: above 1 it evens the probabilities out.",
            "softmax 之前用来除所有得分的数，大于 1 时概率会更平均。",
        ),
        ("T",),
        ("T",),
    ),
    Term(
        "overflow",
        Text("overflow", "溢出"),
        Text(
            "A result too large for its number format, which becomes infinity, such as e to a very large power.",
            "结果超出数值格式的范围而变成无穷大，例如 e 的很大次方。",
        ),
        ("inf", "numerical overflow"),
        ("上溢", "数值溢出"),
    ),
    Term(
        "forward_propagation",
        Text("forward propagation", "正向传播"),
        Text(
            "Computing layer after layer from the input to the output.",
            "从输入到输出，一层一层往前算。",
        ),
        ("forward pass", "forward"),
        ("前向传播", "前向计算"),
    ),
    Term(
        "inference",
        Text("inference", "推理"),
        Text(
            "Using a finished network to answer, by a forward pass with fixed parameters.",
            "参数固定不变，用正向传播求出答案。",
        ),
        ("prediction",),
        ("预测", "推断"),
    ),
    Term(
        "classification",
        Text("classification", "分类"),
        Text("Deciding which of several classes an input belongs to.", "判断输入属于几个类别中的哪一个。"),
        ("class",),
        ("类别",),
    ),
    Term(
        "regression",
        Text("regression", "回归"),
        Text("Predicting a continuous number from an input.", "根据输入预测一个连续的数。"),
    ),
    Term(
        "label",
        Text("label", "标签"),
        Text(
            "The right answer that belongs to a sample; formulas call it t.",
            "一个样本对应的正确答案，公式里记作 t。",
        ),
        ("target", "ground truth", "t"),
        ("标签 t", "监督数据", "正确解标签", "教师数据"),
    ),
    Term(
        "one_hot",
        Text("one-hot", "one-hot 表示"),
        Text(
            "A label written as a row of zeros with a single 1 in the place of the right class.",
            "把标签写成一行数：正确类别处为 1，其余都是 0。",
        ),
        ("one-hot encoding", "one-hot vector", "one-shot"),
        ("独热编码", "独热表示", "one-shot"),
    ),
    Term(
        "accuracy",
        Text("accuracy", "准确率"),
        Text(
            "The share of samples that are answered correctly.",
            "答对的样本占全部样本的比例。",
        ),
        ("recognition rate",),
        ("识别精度", "识别率", "正确率"),
    ),
    Term(
        "preprocessing",
        Text("preprocessing", "预处理"),
        Text(
            "A fixed transformation of the inputs before the network sees them, such as scaling or centring.",
            "输入送进网络之前所做的固定变换，例如缩放或居中。",
        ),
        ("pre-processing",),
        ("前处理",),
    ),
    Term(
        "batch",
        Text("batch", "批"),
        Text(
            "Several samples stacked in one array so that one matrix product handles all of them.",
            "叠成一个数组的多个样本，一次矩阵乘法就能一起算完。",
        ),
        ("batch processing",),
        ("批处理",),
    ),
)
