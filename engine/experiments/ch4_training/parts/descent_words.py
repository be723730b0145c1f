"""What is said of a descent: one sentence for each of its fates, and what it means."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np

from engine.contract.numerals import format_real
from engine.contract.status import Remedy, Status
from engine.contract.text import Text, same
from engine.experiments.ch4_training.parts.descent_params import DescentFrame, DescentParams
from engine.experiments.ch4_training.parts.descent_remedies import remedy_for
from engine.experiments.surface_choice import OWN


def short(value: float, digits: int = 3) -> str:
    """A number in few digits; ∞ where it went beyond all numbers, a dash where there is none."""
    if math.isnan(value):
        return "—"
    if math.isinf(value):
        return "∞" if value > 0 else "\N{MINUS SIGN}∞"
    if 10.0**digits - 0.5 <= abs(value) < 999_999.5:
        return format_real(round(value))
    return format_real(value, digits)


def place_text(place: object) -> str:
    """A place as (1, 2)."""
    return "(" + ", ".join(short(float(part)) for part in place) + ")"


def reading(params: DescentParams, frame: DescentFrame) -> Text:
    """One sentence on a frame of `descent`."""
    if params.pitfall == "start_changed" and frame.update and len(frame.steps):
        words = Text(
            "The caller's start was {start}. After the call it is {after}.",
            "调用前起点是 {start}，调用之后变成了 {after}。",
        )
        after = frame.start_after
        if np.isnan(after).any():
            words = Text(
                "The caller's start was {start}; by step {n} it was {after}, then no number.",
                "调用前起点是 {start}，到第 {n} 步变成 {after}，之后就不是数了。",
            )
            after = frame.places[-1]
        values = {"start": place_text(params.whole_start), "after": place_text(after), "n": int(frame.steps[-1])}
        return words.with_values(**values)
    if params.compare and frame.update and len(frame.steps) and len(frame.other_steps):
        return _comparison(params, frame)
    return _sentence(params, frame)


def status(params: DescentParams, frame: DescentFrame | SimpleNamespace) -> Status | None:
    """What the descent's fate means; None while it is on its way. ``frame`` may be what a frame is going to hold."""
    if params.pitfall == "start_changed" and frame.update:
        words = Text(
            "x and the caller's start are one array, so x −= … writes into both. A second call starts where the first"
            " one ended.",
            "x 和调用者的起点是同一个数组，x −= … 两边一起改。第二次调用就从上次的终点出发。",
        )
        return Status("start_changed", words, Remedy(Text("Copy the start", "先复制起点"), {"pitfall": "none"}))
    found = _MEANINGS.get(frame.verdict)
    if found is None:
        return None
    words = found
    values: dict[str, object] = {}
    if frame.verdict == "converged" and frame.lowest_step < frame.update and frame.limit_place is not None:
        gap = float(np.linalg.norm(frame.x - frame.limit_place))
        words = Text(
            "Gradient and step have become small. The minimum {place} is {gap} away.",
            "梯度和步子都变得很小，离最低点 {place} 还有 {gap}。",
        )
        values = {"place": place_text(frame.limit_place), "gap": short(gap)}
    if frame.verdict == "unbounded_below" and params.function == OWN and math.isfinite(frame.value):
        words = Text(
            "It still goes downhill far outside the map. A descent only arrives where there is a minimum.",
            "远在画面之外，还在往下走。函数有最小值，梯度下降法才停得下来。",
        )
    if frame.verdict == "left_the_plot":
        values = {"step": frame.exit_step, "place": place_text(frame.exit_place)}
    if frame.verdict == "crawling":
        values = {"step": short(float(np.linalg.norm(frame.x - frame.before)))}
    return Status(frame.verdict, words.with_values(**values), remedy_for(params, frame))


_MEANINGS = {
    "converged": Text(
        "Gradient and step have both become small: going on changes almost nothing.",
        "梯度和步子都变得很小，再走也几乎不变。",
    ),
    "oscillating": Text(
        "Each step lands on the other side of the valley, no nearer than before: it never settles.",
        "每一步都跳到谷的另一侧，一点也没靠近，永远停不下来。",
    ),
    "diverged": Text(
        "Each step overshoots the minimum by more than the one before: the rate is too large here.",
        "每一步都冲过最低点，而且越冲越远：学习率在这里太大了。",
    ),
    "crawling": Text(
        "The newest step is only {step} long, and the gradient hardly shrinks: it would take very many.",
        "最新一步只有 {step} 长，梯度也不怎么变小：要走很多很多步。",
    ),
    "left_the_plot": Text(
        "It crossed the edge at {place} in step {step}. It may still come back.",
        "第 {step} 步在 {place} 处越过边界，以后也可能再回来。",
    ),
    "saddle_point": Text(
        "The gradient has nearly gone, but one direction bends downwards: a saddle. It holds a descent up for long.",
        "梯度几乎为 0，可有一个方向是往下弯的：这是鞍点，会在这里耽搁很久。",
    ),
    "plateau": Text(
        "There is no slope here, so no step, whatever the rate: a plain, not a minimum that was found.",
        "这里没有坡度，学习率再大也不动：这是平地，不等于找到了最低点。",
    ),
    "maximum": Text(
        "The gradient has gone, but no direction leads up from here: a top. The slightest push sets it rolling.",
        "梯度为 0，可四周没有更高的地方：这是最高点。稍微推一下，就会滑下去。",
    ),
    "no_value": Text(
        "Where f has no value or no slope, there is no gradient to follow.",
        "函数值或坡度不存在，就没有梯度可走。",
    ),
    "unbounded_below": Text(
        "Downhill never ends here. A descent only arrives where there is a minimum.",
        "这里的下坡没有尽头。函数有最小值，梯度下降法才停得下来。",
    ),
}


def _comparison(params: DescentParams, frame: DescentFrame) -> Text:
    names = {"exact": Text("exact", "解析求导"), "numerical": Text("numerical", "数值微分")}
    other = "exact" if params.gradient == "numerical" else "numerical"
    update, x, other_x, distance = frame.update, frame.x, frame.other_x, frame.distance
    if np.isnan(x).any() or np.isnan(other_x).any():
        # The last step at which both were still somewhere; the start is one of them.
        common, here, there = np.intersect1d(frame.steps, frame.other_steps, return_indices=True)
        update, x, other_x = int(common[-1]), frame.places[here[-1]], frame.other_places[there[-1]]
        with np.errstate(over="ignore"):
            distance = float(np.linalg.norm(x - other_x))
    values = {"n": update, "one": names[params.gradient], "other": names[other]}
    if distance > 1e-3:
        with np.errstate(all="ignore"):
            apart = np.nan_to_num(np.abs(x - other_x), nan=0.0)
        widest = int(np.argmax(apart))
        words = Text(
            "After {n} steps {name} is {here} with the {one} gradient, {there} with the {other} one.",
            "{n} 步后，用{one}走到 {name} = {here}，用{other}走到 {there}。",
        )
        values |= {
            "name": same(params.surface.names[widest]),
            "here": short(float(x[widest]), 4),
            "there": short(float(other_x[widest]), 4),
        }
        return words.with_values(**values)
    words = Text(
        "After {n} steps the {one} and the {other} gradient have led to places {gap} apart.",
        "{n} 步后，用{one}和用{other}，走到的地方相差 {gap}。",
    )
    return words.with_values(**values, gap=short(distance))


def _sentence(params: DescentParams, frame: DescentFrame) -> Text:
    if frame.verdict == "no_value" and (not frame.update or math.isfinite(frame.value)):
        words = _NOWHERE[not frame.update, math.isfinite(frame.value)]
        return words.with_values(n=frame.update, place=place_text(frame.x))
    if frame.verdict == "no_value" or (math.isnan(frame.value) and np.all(np.isfinite(frame.x))):
        words = Text(
            "Step {n} has come to {place}, where f has no value: here it ends.",
            "第 {n} 步到了 {place}，这里没有函数值，走不下去了。",
        )
        return words.with_values(n=frame.update, place=place_text(frame.x))
    bowl = frame.quadratic and frame.limit is not None
    values: dict[str, object] = {
        "rate": format_real(params.learning_rate),
        "n": frame.update,
        "f": short(_last_value(frame)),
        "first": short(float(frame.values[0])) if len(frame.values) else "∞",
        "last": int(frame.steps[-1]) if len(frame.steps) else 0,
        "norm": short(frame.gradient_norm),
    }
    if bowl:
        values |= {"limit": format_real(frame.limit), "rest": short(frame.rest), "size": short(abs(frame.rest), 4)}
    words = _BOWL.get(frame.verdict) if bowl and _is_explained(params, frame) else None
    if frame.verdict == "unbounded_below" and math.isinf(frame.value):
        words = Text(
            "Step {n}: {name} has run off to {place}, and f is −∞. There is no minimum to arrive at.",
            "第 {n} 步：{name} 跑到了 {place}，f 是 −∞：没有最小值，永远到不了底。",
        )
        lost = [index for index, part in enumerate(frame.x.tolist()) if not math.isfinite(part)] or [0]
        values |= {"name": same(params.surface.names[lost[0]]), "place": short(float(frame.x[lost[0]]))}
    elif frame.verdict == "unbounded_below" and params.function == OWN:
        words = Text(
            "Step {n}: far outside the map, f has fallen from {first} to {f} and goes on falling.",
            "第 {n} 步：已远在画面之外，f 从 {first} 降到 {f}，还在下降。",
        )
    if words is None:
        words = _SENTENCES[frame.verdict]
    if frame.verdict == "start":
        values["place"] = place_text(frame.x)
    if frame.verdict == "crawling":
        values["moved"] = short(float(np.linalg.norm(frame.x - params.whole_start)))
    return words.with_values(**values)


def _last_value(frame: DescentFrame) -> float:
    """The value now, or the last one that was a number; ∞ if there has been none."""
    if math.isfinite(frame.value):
        return frame.value
    return float(frame.values[-1]) if len(frame.values) else math.inf


def _is_explained(params: DescentParams, frame: DescentFrame) -> bool:
    """Whether the rate alone explains the fate; differences over too small an h may be the cause as well."""
    rate, limit = params.learning_rate, frame.limit
    holds = {"zigzag": limit / 2 < rate < limit, "oscillating": rate == limit, "diverged": rate > limit}
    return holds.get(frame.verdict, True)


_SENTENCES = {
    "start": Text(
        "At the start {place} f = {f}; the gradient there is {norm} long.",
        "起点 {place} 处 f = {f}，梯度的长度是 {norm}。",
    ),
    "under_way": Text(
        "Rate {rate}: after {n} steps f has gone from {first} to {f}.",
        "学习率 {rate}：{n} 步后 f 从 {first} 变到 {f}。",
    ),
    "zigzag": Text(
        "Rate {rate}: it zigzags, each swing smaller than the last; f = {f} after {n} steps.",
        "学习率 {rate}：走“之”字形，摆幅一次比一次小；{n} 步后 f = {f}。",
    ),
    "crawling": Text(
        "Rate {rate} crawls: {n} steps have moved it by {moved} in all; f = {f}.",
        "学习率 {rate}：几乎不动，{n} 步总共才移了 {moved}，f = {f}。",
    ),
    "converged": Text(
        "Converged after {n} steps with rate {rate}: f = {f}, the gradient is {norm}.",
        "收敛：学习率 {rate}，{n} 步后 f = {f}，梯度只剩 {norm}。",
    ),
    "saddle_point": Text(
        "Step {n}: held up at a saddle. The gradient is only {norm}, but this is no minimum.",
        "第 {n} 步：卡在鞍点附近，梯度只有 {norm}，这里却不是最低点。",
    ),
    "maximum": Text(
        "Step {n}: held up at a top, f = {f}. The gradient is {norm}, but this is no minimum.",
        "第 {n} 步：停在最高点，f = {f}。梯度是 {norm}，这里却不是最低点。",
    ),
    "plateau": Text(
        "Step {n}: it stands still on level ground, f = {f}.", "第 {n} 步：停滞在平地上，f = {f}。"
    ),
    "oscillating": Text(
        "Rate {rate}: it swings from side to side and gets no nearer; f = {f} after {n} steps.",
        "学习率 {rate}：来回振荡，靠近不了；{n} 步后 f = {f}。",
    ),
    "left_the_plot": Text(
        "Rate {rate}: after {n} steps it is out of the plot, f = {f}.",
        "学习率 {rate}：{n} 步后走出画面，f = {f}。",
    ),
    "diverged": Text(
        "Rate {rate} diverges: f has grown from {first} to {f} by step {last}.",
        "学习率 {rate}：发散，到第 {last} 步，f 从 {first} 涨到 {f}。",
    ),
    "unbounded_below": Text(
        "Step {n}: f has fallen from {first} to {f}, and no minimum is in sight.",
        "第 {n} 步：f 已从 {first} 降到 {f}，没有最小值。",
    ),
}
_NOWHERE = {
    (True, False): Text(
        "At the start {place} f has no value: there is no first step.", "起点 {place} 处没有函数值，一步也走不了。"
    ),
    (True, True): Text(
        "At the start {place} f has no slope: there is no first step.", "起点 {place} 处没有坡度可算，一步也走不了。"
    ),
    (False, True): Text(
        "Step {n} has come to {place}, where f has no slope: here it ends.",
        "第 {n} 步到了 {place}，这里没有坡度可算，走不下去了。",
    ),
}
"""By whether it is the start, and whether there is a value at least."""
_BOWL = {
    "zigzag": Text(
        "Rate {rate} < {limit}: every step crosses the valley, the swing times {rest}; f = {f} after {n}.",
        "学习率 {rate} < {limit}：每步都横穿山谷，摆幅乘以 {rest}，逐渐收敛；{n} 步后 f = {f}。",
    ),
    "oscillating": Text(
        "Rate {rate} is exactly the limit: the swing keeps its size for ever; f = {f} after {n} steps.",
        "学习率 {rate} 正好等于界限：一直振荡，摆幅不变；{n} 步后 f = {f}。",
    ),
    "diverged": Text(
        "Rate {rate} > {limit}: every step makes the swing {size} times as wide, it diverges; f = {f} at step {last}.",
        "学习率 {rate} > {limit}：摆幅每步变成 {size} 倍，发散；第 {last} 步 f = {f}。",
    ),
    "left_the_plot": Text(
        "Rate {rate}: after {n} steps it is out of the plot, f = {f}; rates below {limit} settle.",
        "学习率 {rate}：{n} 步后走出画面，f = {f}；小于 {limit} 才收敛。",
    ),
}
