"""Why the contract was dissolved or ended, said to the person alone and only on request.

The certificate says nothing of it (REG 24). Here stand the ground and the law's words for it: no facts, no judgment.
"""

from typing import TYPE_CHECKING, Any

from .documents import certificate_values
from .notice_paper import LAWS_OF_GROUNDS, OPERATIVE, article_words

if TYPE_CHECKING:
    from .models import Case

KIND = "reason_statement"
LAW = "《劳动合同法》"
WORDS = {
    **OPERATIVE,
    "LCL36_EMPLOYER": "公司向您提出解除劳动合同，并与您协商一致。",
    "LCL36_EMPLOYEE": "您向公司提出解除劳动合同，并与公司协商一致。",
    "LCL37": "您依法提前通知公司解除劳动合同。",
    "LCL38": "您以公司存在法律规定的情形为由，通知公司解除劳动合同。",
    "LCL44_1": "劳动合同期满。",
    "LCL44_2": "您开始依法享受基本养老保险待遇。",
    "LCL44_3": "劳动者死亡，或者被人民法院宣告死亡或者宣告失踪。",
    "LCL44_4": "公司被依法宣告破产。",
    "LCL44_5": "公司被吊销营业执照、责令关闭、撤销，或者公司决定提前解散。",
    "RETIRE": "您达到法定退休年龄。",
    "TASK_COMPLETED": "以完成一定工作任务为期限的劳动合同，因任务完成而终止。",
}
ENGLISH = {
    "LCL36_EMPLOYER": "The company proposed to dissolve the contract, and both agreed.",
    "LCL36_EMPLOYEE": "You proposed to dissolve the contract, and both agreed.",
    "LCL37": "You gave notice as the law provides.",
    "LCL38": "You dissolved the contract for a cause on the side of the company that the law names.",
    "LCL39_1": "In the probation period you were shown not to meet the conditions of hiring.",
    "LCL39_2": "You seriously violated the rules of the company.",
    "LCL39_3": "You seriously neglected your duty or sought private gain, to the great damage of the company.",
    "LCL39_4": "You worked for another employer at the same time, which seriously affected the work here or was not given up on demand.",
    "LCL39_5": "The contract is void, because it was concluded or varied by fraud, coercion or in exploitation of hardship.",
    "LCL39_6": "You were held criminally liable.",
    "LCL40_1": "After the medical period you can do neither the former work nor the work arranged in its place.",
    "LCL40_2": "You were not competent for the work, nor after training or a change of post.",
    "LCL40_3": "The circumstances of the contract changed greatly, and no agreement on varying it was reached.",
    "LCL41_1": "Staff is reduced in a reorganisation under the bankruptcy law.",
    "LCL41_2": "Staff is reduced because of serious difficulties in production and business.",
    "LCL41_3": "Staff is reduced after a change of products, technology or way of business.",
    "LCL41_4": "Staff is reduced because the economic circumstances of the contract changed greatly.",
    "LCL44_1": "The term of the contract ended.",
    "LCL44_2": "You began to receive the basic pension.",
    "LCL44_3": "The employee died, or was declared dead or missing by a court.",
    "LCL44_4": "The company was declared bankrupt.",
    "LCL44_5": "The company lost its licence, was ordered to close, or decided to dissolve.",
    "RETIRE": "You reached the statutory age of retirement.",
    "TASK_COMPLETED": "The work for which the contract was concluded is completed.",
}
ARTICLES = {
    "LCL36_EMPLOYER": f"{LAW}第三十六条",
    "LCL36_EMPLOYEE": f"{LAW}第三十六条",
    "LCL37": f"{LAW}第三十七条",
    "LCL38": f"{LAW}第三十八条",
    **LAWS_OF_GROUNDS,
}


def reason_values(case: "Case") -> dict[str, Any]:
    ending = certificate_values(case)["ending"]
    article = article_words(case.ground)
    return {
        "ending": ending,
        "ending_en": "dissolved" if ending == "解除" else "ended",
        "ending_law": ARTICLES.get(case.ground) or (article and f"{LAW}{article}"),
        "reason_words": WORDS.get(case.ground, ""),
        "reason_words_en": ENGLISH.get(case.ground, ""),
    }
