"""Terms of chapter 2: what one perceptron is and what its line can separate."""

from engine.contract.text import Text, same
from engine.glossary.term import Term

PERCEPTRONS = (
    Term(
        "perceptron",
        Text("perceptron", "感知机"),
        Text(
            "A unit that answers 1 when the weighted sum of its inputs plus the bias is above 0, and 0 otherwise.",
            "输入的加权和加上偏置大于 0 时输出 1，否则输出 0 的单元。",
        ),
        ("single-layer perceptron", "artificial neuron"),
        ("感知器", "单层感知机", "人工神经元"),
    ),
    Term(
        "weight",
        Text("weight", "权重"),
        Text(
            "A number that an input is multiplied by: its sign says whether the input promotes or inhibits the output,"
            " its size how strongly.",
            "与输入相乘的数：符号表示促进还是抑制，绝对值表示影响多大。",
        ),
        ("w", "weights"),
        ("w", "权值"),
    ),
    Term(
        "bias",
        Text("bias", "偏置"),
        Text(
            "The number added to the weighted sum; it says how easily the unit fires and shifts its line.",
            "加在加权和上的数，决定单元多容易输出 1，也会平移直线。",
        ),
        ("b",),
        ("b", "偏差项"),
    ),
    Term(
        "threshold",
        Text("threshold", "阈值"),
        Text(
            "The value that the weighted sum without bias has to exceed for the output 1; it equals minus the bias.",
            "不含偏置的加权和必须超过它才输出 1，它等于偏置的相反数。",
        ),
        ("theta", "θ"),
        ("θ", "临界值"),
    ),
    Term(
        "parameter",
        Text("parameter", "参数"),
        Text(
            "A number inside the model that learning sets, that is, a weight or a bias.",
            "模型里由学习来确定的数，也就是权重和偏置。",
        ),
        ("parameters", "weights and biases"),
        ("权重和偏置",),
    ),
    Term(
        "weighted_sum",
        Text("weighted sum", "加权和"),
        Text(
            "Every input times its weight, all added up, usually with the bias: the value before the activation.",
            "每个输入乘以权重后相加，通常再加偏置，得到激活之前的值。",
        ),
        ("pre-activation", "net input", "a"),
        ("净输入", "输入信号的总和", "a"),
    ),
    Term(
        "and_gate",
        Text("AND gate", "与门"),
        Text("A gate that gives 1 only when both inputs are 1.", "只有两个输入都是 1 时才输出 1 的门。"),
        ("AND", "conjunction"),
        ("AND", "AND 门", "逻辑与"),
    ),
    Term(
        "nand_gate",
        Text("NAND gate", "与非门"),
        Text(
            "The opposite of AND: it gives 0 only when both inputs are 1.",
            "与门的反面：只有两个输入都是 1 时才输出 0。",
        ),
        ("NAND", "not AND", "NOAND"),
        ("NAND", "NAND 门", "NOAND"),
    ),
    Term(
        "or_gate",
        Text("OR gate", "或门"),
        Text("A gate that gives 1 when at least one input is 1.", "至少有一个输入是 1 时输出 1 的门。"),
        ("OR", "disjunction"),
        ("OR", "OR 门", "逻辑或"),
    ),
    Term(
        "xor_gate",
        Text("XOR gate", "异或门"),
        Text(
            "A gate that gives 1 when exactly one input is 1; no single straight line separates its answers.",
            "恰好一个输入是 1 时输出 1 的门，一条直线分不开它的两种答案。",
        ),
        ("XOR", "exclusive OR"),
        ("XOR", "XOR 门", "逻辑异或"),
    ),
    Term(
        "truth_table",
        Text("truth table", "真值表"),
        Text(
            "The list of all input combinations of a gate with the output for each.",
            "列出一个门的全部输入组合和对应输出的表。",
        ),
    ),
    Term(
        "linearly_separable",
        Text("linearly separable", "线性可分"),
        Text(
            "Said of two classes when one straight line, or one plane, has each class wholly on its own side.",
            "一条直线（或一个平面）能让两类各在一边，就叫线性可分。",
        ),
        ("separable", "linear separability"),
        ("线性可分性", "可分"),
    ),
    Term(
        "decision_boundary",
        Text("decision boundary", "决策边界"),
        Text(
            "The set of points where the model's answer changes; for a perceptron, the line w·x + b = 0.",
            "模型的答案发生改变的地方，对感知机就是直线 w·x + b = 0。",
        ),
        ("boundary", "separating line", "hyperplane"),
        ("分界线", "分类边界", "分离超平面"),
    ),
    Term(
        "margin",
        Text("margin", "间隔"),
        Text(
            "The distance from the decision boundary to the nearest point when all points are on their right side.",
            "所有点都分对时，决策边界到最近的点的距离。",
        ),
        ("γ", "gamma"),
        ("γ", "分类间隔"),
    ),
    Term(
        "perceptron_rule",
        Text("perceptron learning rule", "感知机的学习规则"),
        Text(
            "For each point answered wrongly, add learning rate × (t − y) × x to the weights"
            " and learning rate × (t − y) to the bias.",
            "每分错一个点，权重加上学习率 × (t − y) × x，偏置加上学习率 × (t − y)。",
        ),
        ("perceptron rule", "perceptron algorithm"),
        ("感知机学习算法", "感知机规则"),
    ),
    Term(
        "perceptron_convergence",
        Text("perceptron convergence theorem", "感知机收敛定理"),
        Text(
            "If a line through the origin separates the data with margin γ and no input is longer than R,"
            " the rule makes at most (R/γ)² mistakes when it starts from zero.",
            "若有过原点的直线以间隔 γ 分开数据，且输入长度不超过 R，从零开始最多犯错 (R/γ)² 次。",
        ),
        ("Novikoff", "convergence bound", "mistake bound"),
        ("收敛上界", "诺维科夫定理"),
    ),
    Term(
        "multilayer_perceptron",
        Text("multilayer perceptron", "多层感知机"),
        Text(
            "Layers of units in which each layer's outputs are the next layer's inputs, so that the boundary may bend.",
            "把单元叠成层，前一层的输出是后一层的输入，边界因此可以弯折。",
        ),
        ("MLP", "multi-layered perceptron"),
        ("MLP", "多层感知器"),
    ),
    Term(
        "learning",
        Text("learning", "学习"),
        Text(
            "Setting the parameters from data by a rule instead of by hand.",
            "不靠人工，而是按规则从数据中确定参数。",
        ),
        ("training",),
        ("训练",),
    ),
    Term(
        "mnist",
        same("MNIST"),
        Text(
            "A set of 70,000 grey 28 × 28 pictures of handwritten digits, 60,000 for training and 10,000 for tests.",
            "七万张 28 × 28 的手写数字灰度图，六万张用来训练，一万张用来测试。",
        ),
        ("handwritten digits",),
        ("手写数字",),
    ),
)
