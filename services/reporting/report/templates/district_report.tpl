{{! 区级比较报告。写法见 README.md。 The district's comparison report. How to write it: README.md.}}
{{#DRAFT}}
! 草稿：以下数据尚未关账，仅供核对，不得上报
{{/DRAFT}}
# {{NAME}}{{YEAR}}年
# 法治政府建设数据比较报告
　　现将{{YEAR}}年度{{NAME}}{{TOWNS}}个乡镇（街道）法治政府建设数据比较情况报告如下。
{{#SECTION_base}}
{{#villages_total}}截至{{PERIOD_END}}，共有村（社区）{{FIGURE}}{{NOTE}}。{{/villages_total}}
{{#special_population_visits}}全年走访社区矫正对象{{FIGURE}}{{NOTE}}。{{/special_population_visits}}
{{#OTHERS}}另有{{LIST}}。{{/OTHERS}}
{{/SECTION_base}}
本报告数据统计期间截至{{PERIOD_END}}，数据截止（提取）日期为{{CUT_OFF}}。
## 一、数据完整性
{{#COMPLETE}}
　　各乡镇（街道）均已确认全年各月数据。
{{/COMPLETE}}
{{#INCOMPLETE}}
! 数据不完整，以下月份尚未确认，有关乡镇（街道）不参加排名：{{MONTHS}}
{{/INCOMPLETE}}
| completeness
## 二、主要举措和成效
! （此处由撰写人补充：总体情况）
{{>WORK}}
## 三、党政主要负责人履行推进法治建设第一责任人职责情况
! （此处由撰写人补充：党政主要负责人履职情况）
## 四、存在的问题和原因
! （此处由撰写人补充：存在的问题和原因）
## 五、下一年度工作安排
! （此处由撰写人补充：{{NEXT_YEAR}}年工作安排）
~ {{NAME}}
~ {{CUT_OFF}}
{{#ALARMS}}
## 附：需要说明的数据
　　各乡镇（街道）与上年相比变化超过30%、连续三个月以上相同、部分大于总数的数据共{{COUNT}}项，已说明{{EXPLAINED}}项，未说明{{UNEXPLAINED}}项；各项内容见各乡镇（街道）的报告。
| alarms
| explanations
{{/ALARMS}}
