"""Terms of chapter 7: filters, pooling and what networks of them see."""

from engine.contract.text import Text, same
from engine.glossary.term import Term

CONVOLUTION = (
    Term(
        "cnn",
        Text("convolutional network (CNN)", "卷积神经网络（CNN）"),
        Text(
            "A network whose layers slide small filters over an image, so that neighbouring pixels stay neighbours.",
            "让小滤波器在图像上滑动的网络，相邻像素的关系得以保留。",
        ),
        ("CNN", "convolutional neural network", "ConvNet"),
        ("CNN", "卷积神经网络", "卷积网络"),
    ),
    Term(
        "convolution",
        Text("convolution", "卷积运算"),
        Text(
            "Sliding a filter over the input, multiplying what lies beneath and adding up; strictly speaking a"
            " cross-correlation.",
            "滤波器在输入上滑动，对应相乘再求和；严格说这是互相关。",
        ),
        ("convolution layer", "conv"),
        ("卷积", "卷积层"),
    ),
    Term(
        "cross_correlation",
        Text("cross-correlation", "互相关"),
        Text(
            "Window times filter, summed, with the filter as it is: what networks call convolution.",
            "滤波器不翻转，与窗口对应相乘再求和，网络里的卷积运算就是它。",
        ),
        ("correlation",),
        ("相关运算",),
    ),
    Term(
        "true_convolution",
        Text("true convolution", "数学上的卷积"),
        Text(
            "Cross-correlation with the filter turned by 180° first.",
            "先把滤波器旋转 180°，再做互相关。",
        ),
        ("mathematical convolution",),
        ("真正的卷积",),
    ),
    Term(
        "filter",
        Text("filter", "滤波器"),
        Text(
            "The small array of weights that slides over the input; it has one slice for each input channel.",
            "在输入上滑动的一小组权重，每个输入通道对应一片。",
        ),
        ("convolution filter",),
        ("卷积核", "过滤器"),
    ),
    Term(
        "kernel",
        Text("kernel", "核"),
        Text(
            "The two-dimensional slice of a filter that belongs to one channel.",
            "滤波器对应一个通道的二维切片。",
        ),
        ("filter slice",),
        ("滤波器切片",),
    ),
    Term(
        "padding",
        Text("padding", "填充"),
        Text(
            "A border, usually of zeros, put around the input so that the output does not shrink as much.",
            "在输入四周补上一圈数（通常是 0），让输出不至于缩得太小。",
        ),
        ("zero padding",),
        ("补零", "边缘填充"),
    ),
    Term(
        "stride",
        Text("stride", "步幅"),
        Text(
            "How many cells the window moves at each step.",
            "窗口每次移动的格数。",
        ),
        (),
        ("步长",),
    ),
    Term(
        "dilation",
        Text("dilation", "扩张率"),
        Text(
            "The distance between neighbouring cells that a filter reads; 1 is the ordinary case.",
            "滤波器所读的相邻格子之间的间距，1 表示紧挨着。",
        ),
        ("dilated convolution", "atrous"),
        ("空洞率", "膨胀率", "空洞卷积"),
    ),
    Term(
        "output_size",
        Text("output size", "输出大小"),
        Text(
            "(H + 2P − FH)/S + 1 for input H, padding P, filter FH and stride S, rounded down if need be.",
            "(H + 2P − FH)/S + 1，H 是输入，P 是填充，FH 是滤波器，S 是步幅，除不尽时向下取整。",
        ),
        ("output shape",),
        ("输出尺寸", "输出形状"),
    ),
    Term(
        "channel",
        Text("channel", "通道"),
        Text(
            "One of the pictures that lie on top of each other, such as red, green and blue, or one feature map.",
            "叠在一起的图像中的一张，例如红、绿、蓝，或一张特征图。",
        ),
        ("depth",),
        ("图像通道",),
    ),
    Term(
        "feature_map",
        Text("feature map", "特征图"),
        Text(
            "The output of one filter: it shows where in the input the filter's pattern occurs.",
            "一个滤波器的输出，显示输入的哪些地方有它要找的图案。",
        ),
        ("activation map",),
        ("特征映射",),
    ),
    Term(
        "receptive_field",
        Text("receptive field", "感受野"),
        Text(
            "The part of the input that can influence one value of a layer.",
            "输入中能影响某一层某个值的那块区域。",
        ),
        ("field of view",),
        ("感受域",),
    ),
    Term(
        "pooling",
        Text("pooling", "池化层"),
        Text(
            "A layer that replaces each window by one number; it shrinks the map and often tolerates small shifts.",
            "把每个窗口换成一个数的层，缩小特征图，常能容忍小的偏移。",
        ),
        ("pooling layer", "subsampling"),
        ("池化", "下采样", "汇聚层"),
    ),
    Term(
        "max_pooling",
        Text("max pooling", "Max 池化"),
        Text(
            "Pooling that keeps the largest value of each window; on the way back only that cell gets the gradient.",
            "保留窗口中最大值的池化，反向时只有那一格得到梯度。",
        ),
        ("maximum pooling",),
        ("最大池化",),
    ),
    Term(
        "average_pooling",
        Text("average pooling", "平均池化"),
        Text(
            "Pooling that takes the mean of each window; on the way back every cell gets an equal share.",
            "取窗口平均值的池化，反向时每一格分到相等的一份。",
        ),
        ("mean pooling",),
        ("Average 池化", "均值池化"),
    ),
    Term(
        "flatten",
        Text("flatten", "展平"),
        Text(
            "Laying all maps out as one row of numbers, as a fully connected layer needs it.",
            "把所有特征图排成一行数，供全连接层使用。",
        ),
        ("flattening",),
        ("拉平", "扁平化"),
    ),
    Term(
        "im2col",
        same("im2col"),
        Text(
            "Copying each window into one row, so that a convolution becomes one matrix product.",
            "把每个窗口抄成一行，卷积运算就变成一次矩阵乘法。",
        ),
        ("image to column",),
        ("图像转列",),
    ),
    Term(
        "occlusion_map",
        Text("occlusion map", "遮挡图"),
        Text(
            "A map of how much the answer drops when each place of the image is covered.",
            "依次遮住图像各处，画出答案的得分下降多少的图。",
        ),
        ("occlusion sensitivity",),
        ("遮挡敏感度",),
    ),
)
