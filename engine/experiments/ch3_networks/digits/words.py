"""What is said of the frames of the experiment `digits`, one sentence for each of its views."""

from __future__ import annotations

from engine.contract.fields.choice import Choice
from engine.contract.pieces import Text, field_of, format_real, percent
from engine.experiments.ch3_networks.digits.params import IMAGES, DigitsFrame, DigitsParams, Unaltered
from engine.experiments.layer_points import reading_of_points
from engine.networks.digit_reader import AT_ONCE_CONV

SURE, UNSURE_BELOW = 0.95, 0.5


def reading(params: DigitsParams, frame: DigitsFrame) -> Text:
    """One sentence with the numbers of the view that is shown."""
    return {"draw": _drawing, "test": _image, "batches": _batches, "points": _points}[params.view](params, frame)


def accuracy(frame: DigitsFrame) -> str:
    """The accuracy so far for people, a dash before the first batch."""
    return f"{100 * frame.accuracy:.1f}%" if frame.evaluated else "–"


def duration(seconds: float) -> str:
    """A short time with its unit."""
    return f"{format_real(seconds * 1e6, 3)} µs" if seconds < 1e-3 else f"{format_real(seconds * 1e3, 3)} ms"


_TURNED = (
    Text(
        "{changed} Turned anticlockwise alone, it first changes at {degrees}°.",
        "{changed}单是逆时针旋转，转到 {degrees}° 答案第一次变。",
    ),
    Text(
        "{changed} Turned clockwise alone, it first changes at {degrees}°.",
        "{changed}单是顺时针旋转，转到 {degrees}° 答案第一次变。",
    ),
)
"""Only one way is tried: the one in which it is turned now."""
_OTHER = Text(
    "Changed like this, it reads {answer} ({p}) instead of {plain} ({q}).",
    "这样一改，它认成 {answer}（{p}），不再是 {plain}（{q}）。",
)
_STILL = Text(
    "Changed like this, it still reads {answer}, with {p} instead of {q}.",
    "这样一改，它还是认成 {answer}，概率从 {q} 变成 {p}。",
)
_OF_IMAGE = Text("Image {number} is a {label}. {changed}", "编号 {number} 的图片是 {label}。{changed}")
_OF_OWN = Text("Image {number} of your file: {changed}", "文件里编号 {number} 的图片：{changed}")


def _altered(params: DigitsParams, plain: Unaltered, answer: int, confidence: float) -> Text:
    """What becomes of an answer by turning, scaling, moving and noise."""
    words = _OTHER if answer != plain.answer else _STILL
    changed = words(answer=answer, p=percent(confidence), plain=plain.answer, q=percent(plain.confidence))
    turned = _TURNED[params.turn < 0]
    return turned(changed=changed, degrees=plain.turn_limit) if plain.turn_limit else changed


def _drawing(params: DigitsParams, frame: DigitsFrame) -> Text:
    if frame.unaltered is not None and frame.strokes:
        return _altered(params, frame.unaltered, frame.answer, frame.confidence)
    if frame.strokes == 0:
        words = Text(
            "The canvas is empty, and still it answers {first} with {p}: it has to choose one of ten.",
            "画布是空的，它照样回答 {first}（{p}），因为十个里总得选一个。",
        )
    elif not params.preprocessing:
        words = Text(
            "Without preprocessing it reads {first} ({p}). Moved to 9 positions, it gets this answer in {same}.",
            "不做预处理，它认成 {first}（{p}）。把字挪到 9 个位置，有 {same} 个得到这个答案。",
        )
    elif frame.confidence >= SURE:
        words = Text("It reads {first} and is sure: {p}.", "它认成 {first}，很有把握：{p}。")
    elif frame.confidence >= UNSURE_BELOW:
        words = Text(
            "It reads {first} ({p}), but {second} is possible too ({q}).",
            "它认成 {first}（{p}），但也可能是 {second}（{q}）。",
        )
    else:
        words = Text(
            "It cannot decide: {first} ({p}) or {second} ({q}).", "它拿不定主意：{first}（{p}）还是 {second}（{q}）。"
        )
    return words(
        first=frame.answer,
        p=percent(frame.confidence),
        second=frame.second,
        q=percent(float(frame.probabilities[frame.second])),
        same=frame.same_when_moved,
    )


def _image(params: DigitsParams, frame: DigitsFrame) -> Text:
    if frame.shown < 0:
        return Text("No image matches these filters.", "没有符合条件的图片。")
    p = float(frame.image_probabilities[frame.image_answer])
    if frame.image_unaltered is not None:
        words = _OF_OWN if frame.label < 0 else _OF_IMAGE
        changed = _altered(params, frame.image_unaltered, frame.image_answer, p)
        return words(number=frame.shown, label=frame.label, changed=changed)
    if frame.label < 0:
        words = Text(
            "Image {number} of your file is read as {answer} ({p}).", "文件里编号 {number} 的图片认成 {answer}（{p}）。"
        )
    elif frame.image_answer == frame.label:
        words = Text(
            "Image {number}, a {label}, is read correctly ({p}).", "编号 {number} 的图片是 {label}，认对了（{p}）。"
        )
    else:
        words = Text(
            "Image {number} is a {label}, but read as {answer} ({p}).",
            "编号 {number} 的图片是 {label}，却认成了 {answer}（{p}）。",
        )
    seen = words(number=frame.shown, label=frame.label, answer=frame.image_answer, p=percent(p))
    if frame.label < 0 or frame.evaluated == 0:
        return seen
    words = Text(
        "{seen} Of {evaluated:,} read so far, {right:,} are right.", "{seen}读过的 {evaluated} 张里，{right} 张认对。"
    )
    if frame.evaluated == IMAGES:
        words = Text(
            "{seen} Of all {evaluated:,}, {right:,} are right.", "{seen}全部 {evaluated} 张里，{right} 张认对。"
        )
    return words(seen=seen, evaluated=frame.evaluated, right=frame.right)


def _points(params: DigitsParams, frame: DigitsFrame) -> Text:
    layer = field_of(DigitsParams, "layer", Choice).spell(params.layer)
    untrained = params.weights == "untrained" and params.layer != "pixels"
    return reading_of_points(frame.points, layer, untrained)


def _batches(params: DigitsParams, frame: DigitsFrame) -> Text:
    sizes = frame.timed_sizes.tolist()
    fast, slow = int(frame.seconds.argmin()), int(frame.seconds.argmax())
    words = Text(
        "In batches of {fast} an image takes {time}; in batches of {slow} it takes {ratio} times as long. {state}",
        "每批 {fast} 张时，每张用 {time}；每批 {slow} 张时，要用这个时间的 {ratio} 倍。{state}",
    )
    is_busy = frame.seconds_low[slow] <= frame.seconds_high[fast]
    chosen = sizes.index(frame.batch_size) if frame.batch_size in sizes else fast
    if not is_busy and chosen != fast:
        # The size that was chosen is the one that is spoken of, beside the quickest.
        slow = chosen
        if frame.seconds_low[slow] <= frame.seconds_high[fast]:
            words = Text(
                "In batches of {slow} an image takes about as long as in those of {fast}, the fastest: {time}. {state}",
                "每批 {slow} 张和最快的每批 {fast} 张，每张用的时间差不多，都是 {time} 左右。{state}",
            )
    elif is_busy:
        # What differs no more than batches of one size do among themselves is no difference.
        words = Text(
            "In batches of any size an image takes about {time}: this machine is too busy to tell them apart. {state}",
            "不管每批几张，每张都用 {time} 左右：这台机器正忙，看不出差别。{state}",
        )
    state = Text("Right so far: {accuracy}.", "目前认对 {accuracy}。")
    if frame.evaluated == 0:
        state = Text("Nothing read yet in batches of {size}.", "每批 {size} 张，还没有开始读。")
    state = state(accuracy=accuracy(frame), size=frame.batch_size)
    if frame.origin is not None and frame.origin.kind == "conv" and frame.batch_size > AT_ONCE_CONV:
        state = Text(
            "{state} A convolutional network takes at most {most} of them at a time.",
            "{state}卷积网络每次最多同时算 {most} 张。",
        )(state=state, most=AT_ONCE_CONV)
    ratio = float(frame.seconds[slow] / frame.seconds[fast])
    return words(
        fast=sizes[fast],
        slow=sizes[slow],
        time=duration(float(frame.seconds[fast])),
        ratio=format_real(ratio, 2),
        state=state,
    )
