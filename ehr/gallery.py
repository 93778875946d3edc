"""What /ui/ shows: every component with made-up people, for engineers and for tests."""

from datetime import timedelta
from typing import Any

from django import forms

from ehr import clock


class SampleForm(forms.Form):
    name = forms.CharField(label="姓名", help_text="和身份证上的一致")
    last_day = forms.DateField(label="最后工作日", widget=forms.DateInput)
    kind = forms.ChoiceField(label="类型", choices=[("resignation", "辞职"), ("mutual", "协商解除")])
    words = forms.CharField(label="给本人的话", widget=forms.Textarea, required=False)
    date_choice = forms.ChoiceField(
        label="日期", choices=[("a", "同意 12月11日"), ("b", "按通知期满")], widget=forms.RadioSelect
    )
    told = forms.BooleanField(label="已当面告知", required=False)
    proof = forms.FileField(label="凭证", required=False)


def samples() -> dict[str, Any]:
    return {
        "tones": [("ok", "完成"), ("plan", "进行中"), ("warn", "快到期"), ("bad", "逾期"), ("idle", "未开始")],
        "form": SampleForm(),
        "wrong_form": SampleForm({"name": "", "last_day": "2026-13-40", "kind": "resignation", "date_choice": "a"}),
        **_case(),
        **_lists(),
    }


def _case() -> dict[str, Any]:
    now, today = clock.now(), clock.today()
    return {
        "now": now,
        "dates": [
            {"label": "提出日", "date": today - timedelta(days=23), "hint": "本人提交书面辞职"},
            {"label": "最后工作日", "date": today + timedelta(days=6), "hint": "还有 4 个工作日"},
            {"label": "劳动关系解除日", "date": today + timedelta(days=7), "hint": "通知期 30 天届满"},
            {"label": "计薪截止日", "date": today + timedelta(days=7), "hint": "工资须当日一次付清"},
        ],
        "strip": [
            {"at": today - timedelta(days=23), "state": "done", "icon": "check", "title": "提出辞职"},
            {"at": today, "state": "now", "icon": "message", "title": "离职面谈", "small": "15:30", "day_text": "今天"},
            {"at": today + timedelta(days=6), "state": "key", "title": "最后工作日", "open": "sample"},
            {"at": today + timedelta(days=7), "icon": "certificate", "title": "解除 · 付清", "small": "工资＋证明"},
        ],
        "timeline": [
            {"tone": "bad", "icon": "plug-x", "text": "企业微信客户继承失败（第 3 次）", "at": now, "small": "系统"},
            {
                "tone": "warn",
                "icon": "arrow-back-up",
                "who": "顾承砚",
                "text": "退回“续约谈判”",
                "quote": "请补充客户最后一次反馈。",
                "at": now - timedelta(days=1),
                "device": "电脑",
            },
            {
                "tone": "ok",
                "icon": "rubber-stamp",
                "who": "陆行简",
                "text": "知悉辞职",
                "on_behalf": "沈观复",
                "at": now - timedelta(days=20),
            },
        ],
        "blocks": [
            {
                "tone": "bad",
                "word": "失败",
                "title": "企业微信客户继承",
                "small": "12 位客户 · 已卡 5 小时",
                "action": {"text": "重试", "icon": "refresh", "post": "#"},
            },
            {
                "tone": "warn",
                "word": "明天到期",
                "title": "交接清单 5 项未确认",
                "small": "顾承砚 · 等了 2 天",
                "action": {"text": "催办", "icon": "bell-ringing", "open": "sample"},
            },
        ],
    }


def _lists() -> dict[str, Any]:
    return {
        "steps": [{"label": "选人", "state": "done"}, {"label": "检查", "state": "current"}, {"label": "提交"}],
        "tabs": [{"label": "待我处理", "href": "#", "count": 12, "current": True}, {"label": "已办", "href": "#"}],
        "pills": [
            {"label": "全部", "href": "#", "count": 12, "current": True},
            {"label": "审批", "href": "#", "count": 3, "icon": "rubber-stamp"},
        ],
        "heads": ["员工", "状态", "最后工作日", {"text": "金额", "css": "u-right"}],
        "facts": [{"icon": "user", "text": "直属上级"}, {"icon": "clock", "text": "1 个工作日"}],
        "pairs": [("工号", "HC-HD-2019-00482"), ("入职", "2019-03-11"), ("接手人", "何书瑶")],
    }
