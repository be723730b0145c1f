"""One word for one thing: what was given up for another word stands in no text that people read."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.contract.catalogue import RESOURCES
from engine.contract.language import CHINESE, ENGLISH, FOLDER
from tools.words import catalogue_of

ROOT = Path(__file__).resolve().parents[2]

INSTEAD = {
    "zh_CN": {
        "更新方法": "优化器", "滑动平均": "移动平均", "滑动值": "移动平均", "图像": "图片", "Max 池化": "最大池化",
        "失活": "死亡", "前向传播": "正向传播", "卷积核": "滤波器", "过滤器": "滤波器", "权重衰减": "权值衰减",
        "监督数据": "标签", "识别精度": "准确率", "小批量": "mini-batch", "批归一化": "Batch Normalization",
        "批量归一化": "Batch Normalization", "梯度检验": "梯度确认", "感知器": "感知机", "训练集": "训练数据",
        "测试集": "测试数据", "验证集": "验证数据", "数据集": "数据", "隐层": "隐藏层", "中间层": "隐藏层",
    },
    "ja": {
        "ピクセル": "画素", "閾値": "しきい値", "学習データ": "訓練データ", "訓練集合": "訓練データ", "検定": "確認",
        "二乗": "2乗", "フィルタ(?!ー)": "フィルター", "パラメーター": "パラメータ", "最適化器": "オプティマイザ",
        "活性関数": "活性化関数", "ソフトマックス層": "Softmaxレイヤ", "前向き計算": "順伝播", "順方向伝播": "順伝播",
        "逆方向伝播": "逆伝播", "中間層": "隠れ層", "全連結": "全結合", "バッチノーマライゼーション": "バッチ正規化",
        "ドロップアウト": "Dropout", "インデックス": "添字", "フォルダ(?!ー)": "フォルダー", "ベストな": "よい",
    },
    "en": {
        "dense layer": "fully connected layer", "feature detector": "filter", "iteration": "update",
        "stands behind": "comes after", "last whole batch": "last full batch", "forgetful mean": "running mean",
        "moving average": "running mean", "dealt out by chance": "drawn at random",
        "color": "colour", "gray": "grey", "neighbor": "neighbour", "behavior": "behaviour",
    },
}  # fmt: skip
"""What may not be written, by language, with what is written instead."""

CORRECTIONS = re.compile("修正")
"""A correction is 改正; 修正 is what Adam does to its means."""
OF_ADAM = re.compile("optimizer|adam|偏差|平均", re.IGNORECASE)

QUESTIONS_IN_ENGLISH = re.compile(
    r"\b(?:Which shape|How many \w+|how many \w+|Which standard deviation) has (?:the|a|that)\b"
)
"""English asks with 'does … have'."""

Said = tuple[str, str]


def _said(language: str) -> Iterator[Said]:
    """Every text of a language, and where it stands. Aliases are what people search for, whatever they call a thing."""
    for folder in ("guide", "derivations"):
        for path in sorted((RESOURCES / folder / language).glob("*.md")):
            yield path.name, re.sub(r"\s+", " " if language == "en" else "", _without_links(path.read_text("utf-8")))
    for path in sorted([*RESOURCES.glob("*.toml"), *RESOURCES.glob("*/*.toml")]):
        yield from ((path.name, text) for text in _of(language, tomllib.loads(path.read_text("utf-8"))))
    for path in sorted(RESOURCES.glob("lessons/*.json")):
        yield from ((path.name, text) for text in _of(language, json.loads(path.read_text("utf-8"))))
    for entry in catalogue_of(FOLDER / (CHINESE if language == ENGLISH.id else language)):
        words = entry.id if language == "en" else entry.string
        for text in [words] if isinstance(words, str) else words:
            yield ", ".join(file for file, _ in entry.locations), text
    ending = ".md" if language == "en" else f".{language}.md"
    for page in (ROOT / f"README{ending}", ROOT / "packaging" / f"ROOMS{ending}"):
        if page.exists():
            yield page.name, _without_links(page.read_text("utf-8"))


def _without_links(markdown: str) -> str:
    return re.sub(r"\]\([^)]*\)|<[^>]*>|`[^`]*`", "]", markdown)


def _of(language: str, found: Any, name: str = "") -> Iterator[str]:
    """The texts of one language in what was read of a file."""
    if isinstance(found, dict):
        for key, value in found.items():
            if key != "aliases":
                yield from _of(language, value, key if key in INSTEAD else name)
    elif isinstance(found, list):
        for value in found:
            yield from _of(language, value, name)
    elif isinstance(found, str) and name == language:
        yield found


def _breaches(language: str, said: Iterator[Said]) -> list[str]:
    found = []
    for place, text in said:
        for word, instead in INSTEAD[language].items():
            # A page may be about the word itself.
            if word.replace(" ", "_") not in place and re.search(
                rf"\b{word}\b" if language == "en" else word, text, re.IGNORECASE
            ):
                found.append(f"{place}: {word!r}, which is {instead!r}, in {text[:80]!r}")
        if language == "zh_CN" and CORRECTIONS.search(text) and not OF_ADAM.search(place + text):
            found.append(f"{place}: '修正', which is '改正', in {text[:80]!r}")
        if language == "en" and (match := QUESTIONS_IN_ENGLISH.search(text)):
            found.append(f"{place}: {match[0]!r}")
    return found


@pytest.mark.parametrize("language", INSTEAD)
def test_no_text_has_a_word_that_was_given_up_for_another(language):
    said = list(_said(language))
    assert len(said) > 2000
    assert _breaches(language, iter(said)) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh_CN", "换一种更新方法。"), ("zh_CN", "图像有多大？"), ("zh_CN", "改不了，要修正三次。"),
        ("ja", "ピクセルの数"), ("en", "Which shape has the output?"), ("en", "The last whole batch counts too."),
    ],
)  # fmt: skip
def test_what_was_given_up_is_found(language, text):
    assert len(_breaches(language, iter([("here", text)]))) >= 1
