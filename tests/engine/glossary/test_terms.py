"""The glossary is complete in both languages and uses the right words."""

import re
import tomllib
from collections import Counter

import pytest

from engine.contract.catalogue import RESOURCES
from engine.contract.language import known_languages
from engine.contract.text import LANGUAGES
from engine.glossary import Term, term, terms
from tests.offenders import for_each

TERMS = tuple(terms().values())
# Wrong or misleading as the name of anything; where learners bring one along, the search leads to the right term.
NEVER_A_NAME = {
    "权值", "noand", "one-shot", "次数", "正规化", "精度", "分界线", "前向传播", "反向传播算法", "梯度检验", "监督数据",
    "正确解标签", "小批量", "识别精度", "卷积核", "步长", "空洞率", "权重衰减", "随机失活", "批归一化", "批量归一化",
    "更新方法", "Max 池化", "失活", "图像", "滑动平均", "iteration", "迭代",
}  # fmt: skip

AGREED = {
    "weight": "权重", "bias": "偏置", "threshold": "阈值", "and_gate": "与门", "nand_gate": "与非门",
    "or_gate": "或门", "xor_gate": "异或门", "linearly_separable": "线性可分", "decision_boundary": "决策边界",
    "margin": "间隔", "activation_function": "激活函数", "activation": "激活值", "step_function": "阶跃函数",
    "identity_function": "恒等函数", "forward_propagation": "正向传播", "backward_propagation": "反向传播",
    "backpropagation": "误差反向传播法", "computational_graph": "计算图", "upstream_gradient": "上游梯度",
    "downstream_gradient": "下游梯度", "local_derivative": "局部导数", "chain_rule": "链式法则",
    "gradient_check": "梯度确认", "half_sum": "平方和误差", "mean_squared_error": "均方误差",
    "cross_entropy": "交叉熵误差", "one_hot": "one-hot 表示", "label": "标签", "mini_batch": "mini-batch",
    "batch_size": "批大小", "epoch": "epoch（轮）", "update": "更新", "learning_rate": "学习率",
    "hyperparameter": "超参数", "numerical_differentiation": "数值微分", "forward_difference": "前向差分",
    "central_difference": "中心差分", "gradient_descent": "梯度下降法", "sgd": "随机梯度下降法（SGD）",
    "optimizer": "优化器", "initial_weights": "权重的初始值", "standard_deviation": "标准差",
    "xavier": "Xavier 初始值", "he": "He 初始值", "normalization": "归一化",
    "batch_normalization": "Batch Normalization", "standardization": "标准化", "regularization": "正则化",
    "weight_decay": "权值衰减", "dropout": "Dropout", "overfitting": "过拟合", "generalization": "泛化能力",
    "training_data": "训练数据", "validation_data": "验证数据", "test_data": "测试数据", "accuracy": "准确率",
    "filter": "滤波器", "kernel": "核", "padding": "填充", "stride": "步幅", "dilation": "扩张率",
    "feature_map": "特征图", "channel": "通道", "receptive_field": "感受野", "pooling": "池化层",
    "max_pooling": "最大池化", "average_pooling": "平均池化", "cross_correlation": "互相关",
    "true_convolution": "数学上的卷积", "fully_connected": "全连接", "affine_layer": "Affine 层",
    "saturated": "饱和", "dead_unit": "神经元死亡（恒为 0）", "vanishing_gradient": "梯度消失", "converged": "收敛",
    "oscillating": "振荡", "diverged": "发散", "crawling": "几乎不动", "plateau": "停滞",
    "left_the_plot": "走出画面", "unbounded_below": "无下界", "seed": "随机种子", "fan_out": "分支",
}  # fmt: skip

every_term = for_each(TERMS, lambda entry: entry.id)


def _names(entry: Term) -> list[str]:
    return [
        *(entry.name.render(language) for language in LANGUAGES),
        *(one for language in LANGUAGES for one in entry.aliases(language)),
    ]


def test_ids_and_names_are_used_once():
    for names in (
        [entry.id for entry in TERMS],
        *([entry.name.render(language).casefold() for entry in TERMS] for language in LANGUAGES),
    ):
        assert [name for name, count in Counter(names).items() if count > 1] == []


@for_each(AGREED.items())
def test_the_agreed_chinese_name_is_used(term_id, name):
    assert term(term_id).name.render("zh_CN") == name


@every_term
def test_an_id_can_stand_in_a_link(entry):
    assert re.fullmatch(r"[a-z][a-z0-9_]*", entry.id)


@every_term
def test_no_name_is_one_that_misleads(entry):
    assert not {entry.name.render(language).casefold() for language in LANGUAGES} & NEVER_A_NAME


@every_term
def test_a_definition_is_one_whole_sentence_in_each_language(entry):
    english, *others = (entry.definition.render(language) for language in LANGUAGES)
    longest = {"ja": 100, "zh_CN": 60}
    assert english[0].isupper() or not english[0].isalpha()
    assert english.endswith(".")
    assert not re.search(r"[.!?] [A-Z]", english)
    assert 20 <= len(english) <= 200
    for language, other in zip(LANGUAGES[1:], others, strict=True):
        assert other.endswith("。")
        assert len(re.findall("[。！？]", other)) == 1
        assert 8 <= len(other) <= longest[language]
        assert re.search("[\u3041-\u9fff]", other)
    assert not re.search("[\u4e00-\u9fff]", english)


@every_term
def test_chinese_is_set_like_chinese(entry):
    chinese = entry.definition.render("zh_CN")
    # A space between Chinese and Latin or figures, none beside Chinese marks, and no half-width marks in Chinese.
    assert not re.search(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]", chinese)
    assert not re.search(r" [，。；：、（）]|[，。；：、（] ", chinese)
    assert not re.search(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?][\u4e00-\u9fff]", chinese)
    assert not re.search("您|我们|进行", chinese)


@every_term
def test_names_are_neither_empty_nor_repeated_within_a_language(entry):
    names = _names(entry)
    assert all(name == name.strip() != "" for name in names)
    for own, aliases in ((language, entry.aliases(language)) for language in LANGUAGES):
        listed = [name.casefold() for name in (entry.name.render(own), *aliases)]
        assert len(listed) == len(set(listed))


def test_what_learners_get_wrong_is_said_right():
    gradient = term("gradient").definition
    assert "increases most steeply" in gradient.render("en")
    assert "上升最快" in gradient.render("zh_CN")
    assert "所有神经元" in term("fully_connected").definition.render("zh_CN")
    assert "not an average" in term("half_sum").definition.render("en")
    assert "均方" not in "".join(_names(term("half_sum")))
    assert "kept" in term("dropout").definition.render("en")
    assert "保留" in term("dropout").definition.render("zh_CN")
    assert "正规化" not in _names(term("regularization"))


def test_an_unknown_term_is_refused_by_name():
    with pytest.raises(ValueError, match="'no_such'"):
        term("no_such")


def test_a_record_has_nothing_that_is_not_read():
    for path in (RESOURCES / "glossary").glob("*.toml"):
        for term_id, record in tomllib.loads(path.read_text(encoding="utf-8")).items():
            assert set(record) <= {"name", "definition", "aliases"}, term_id
            for texts in (one for one in record.values() if not isinstance(one, str)):
                assert set(texts) <= set(known_languages()), term_id
