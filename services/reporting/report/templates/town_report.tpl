{{! 乡镇年度报告。写法见 README.md。 A town's annual report. How to write it: README.md.}}
{{#DRAFT}}
! 草稿：以下数据尚未关账，仅供核对，不得上报
{{/DRAFT}}
# {{#HAS_DISTRICT}}{{DISTRICT}}{{/HAS_DISTRICT}}{{TOWN}}
# {{YEAR}}年法治政府建设情况报告
{{#HAS_DISTRICT}}
@ {{DISTRICT}}委全面依法治{{LEVEL}}委员会办公室：
{{/HAS_DISTRICT}}
{{#NO_DISTRICT}}
@ 区（县）委全面依法治区（县）委员会办公室：
{{/NO_DISTRICT}}
　　现将{{TOWN}}{{YEAR}}年度法治政府建设情况报告如下。
{{#SECTION_base}}
{{#villages_total}}截至{{PERIOD_END}}，{{TOWN}}有村（社区）{{FIGURE}}{{NOTE}}。{{/villages_total}}
{{#special_population_visits}}全年走访社区矫正对象{{FIGURE}}{{NOTE}}。{{/special_population_visits}}
{{#OTHERS}}另有{{LIST}}。{{/OTHERS}}
{{/SECTION_base}}
本报告数据统计期间截至{{PERIOD_END}}，数据截止（提取）日期为{{CUT_OFF}}。
{{#INCOMPLETE}}
! 数据不完整：{{MONTHS}}尚未确认，表中带“＊”的数据可能变化
{{/INCOMPLETE}}
## 一、主要举措和成效
! （此处由撰写人补充：总体情况）
{{>WORK}}
## 二、党政主要负责人履行推进法治建设第一责任人职责情况
! （此处由撰写人补充：党政主要负责人履职情况）
## 三、存在的问题和原因
! （此处由撰写人补充：存在的问题和原因）
## 四、下一年度工作安排
! （此处由撰写人补充：{{NEXT_YEAR}}年工作安排）
~ {{TOWN}}
~ {{CUT_OFF}}
{{#ALARMS}}
## 附：需要说明的数据
　　与上年相比变化超过30%、连续三个月以上相同、部分大于总数的数据共{{COUNT}}项，已说明{{EXPLAINED}}项，未说明{{UNEXPLAINED}}项。
{{#SOME_UNEXPLAINED}}
! （此处由撰写人补充：未说明的{{UNEXPLAINED}}项数据的变化原因）
{{/SOME_UNEXPLAINED}}
| alarms
{{/ALARMS}}
## 附表　{{YEAR}}年度数据一览
| figures
| quarters
