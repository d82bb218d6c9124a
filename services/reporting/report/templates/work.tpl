{{! 各工作领域的段落，乡镇报告和区级报告共用。写法见 README.md。}}
{{! Paragraphs for the fields of work, shared by both reports. How to write them: README.md.}}
{{#SECTION_A}}
### {{ORDINAL}}加强组织领导，压实法治建设责任
{{#ANY}}
　　{{#org_special_meetings}}召开专题研究法治建设会议{{FIGURE}}{{NOTE}}；{{/org_special_meetings}}
{{#org_issues_resolved}}研究解决法治重点问题{{FIGURE}}{{NOTE}}；{{/org_issues_resolved}}
{{#org_supervision_inspections}}开展法治督察{{FIGURE}}{{NOTE}}；{{/org_supervision_inspections}}
{{#org_shufa_persons}}开展述法，述法人数{{FIGURE}}{{NOTE}}；{{/org_shufa_persons}}
{{#org_funding_amount}}投入法治建设专项经费{{FIGURE}}{{NOTE}}；{{/org_funding_amount}}
。
{{/ANY}}
{{#OTHERS}}
　　此外，{{LIST}}。
{{/OTHERS}}
{{#ZEROS}}
　　以下事项为零：{{LIST}}。
{{/ZEROS}}
{{#UNREPORTED}}
　　以下数据未报：{{LIST}}。
{{/UNREPORTED}}
{{#EMPTY}}
! （此处由撰写人补充：组织领导工作情况，本年度没有可用数据）
{{/EMPTY}}
{{#DISTRICT_REPORT}}
| values A
| normalised A
{{/DISTRICT_REPORT}}
{{/SECTION_A}}
{{#SECTION_B}}
### {{ORDINAL}}深化学法用法，提升依法办事能力
{{#ANY}}
　　{{#study_center_group}}组织党委（党工委）理论学习中心组学法{{FIGURE}}{{NOTE}}；{{/study_center_group}}
{{#study_collective_sessions}}开展集体学法（会前学法）{{FIGURE}}{{NOTE}}；{{/study_collective_sessions}}
{{#study_seminars}}开展专题研讨{{FIGURE}}{{NOTE}}；{{/study_seminars}}
{{#law_lectures}}举办法治讲座（宣讲、法治党课）{{FIGURE}}{{NOTE}}；{{/law_lectures}}
{{#study_training_sessions}}举办法治培训{{FIGURE}}{{NOTE}}；{{/study_training_sessions}}
{{#study_training_attendance}}法治学习培训覆盖{{FIGURE}}{{NOTE}}；{{/study_training_attendance}}
{{#study_exam_participants}}参加学法考试{{FIGURE}}{{NOTE}}；{{/study_exam_participants}}
{{#study_exam_join_rate}}学法考试参考率{{FIGURE}}{{NOTE}}；{{/study_exam_join_rate}}
{{#study_exam_pass_rate}}学法考试合格率{{FIGURE}}{{NOTE}}；{{/study_exam_pass_rate}}
{{#court_observation}}组织旁听庭审{{FIGURE}}{{NOTE}}；{{/court_observation}}
。
{{/ANY}}
{{#OTHERS}}
　　此外，{{LIST}}。
{{/OTHERS}}
{{#ZEROS}}
　　以下事项为零：{{LIST}}。
{{/ZEROS}}
{{#UNREPORTED}}
　　以下数据未报：{{LIST}}。
{{/UNREPORTED}}
{{#EMPTY}}
! （此处由撰写人补充：学法用法工作情况，本年度没有可用数据）
{{/EMPTY}}
{{#DISTRICT_REPORT}}
| values B
| normalised B
{{/DISTRICT_REPORT}}
{{/SECTION_B}}
{{#SECTION_C}}
### {{ORDINAL}}落实普法责任，营造浓厚法治氛围
{{#ANY}}
　　{{#publicity_events}}开展法治宣传活动{{FIGURE}}{{NOTE}}，{{/publicity_events}}
{{#publicity_school_events}}其中法治进校园{{FIGURE}}{{NOTE}}；{{/publicity_school_events}}
{{#materials_distributed}}发放宣传资料{{FIGURE}}{{NOTE}}；{{/materials_distributed}}
{{#publicity_audience}}受教育群众{{FIGURE}}{{NOTE}}；{{/publicity_audience}}
{{#consultations_answered}}解答法律咨询{{FIGURE}}{{NOTE}}；{{/consultations_answered}}
{{#media_items}}发布新媒体普法信息{{FIGURE}}{{NOTE}}；{{/media_items}}
{{#banners_hung}}悬挂横幅标语{{FIGURE}}{{NOTE}}；{{/banners_hung}}
{{#display_boards}}更新宣传栏展板{{FIGURE}}{{NOTE}}；{{/display_boards}}
{{#legal_culture_sites}}建有法治文化阵地{{FIGURE}}{{NOTE}}；{{/legal_culture_sites}}
。
{{/ANY}}
{{#OTHERS}}
　　此外，{{LIST}}。
{{/OTHERS}}
{{#ZEROS}}
　　以下事项为零：{{LIST}}。
{{/ZEROS}}
{{#UNREPORTED}}
　　以下数据未报：{{LIST}}。
{{/UNREPORTED}}
{{#EMPTY}}
! （此处由撰写人补充：法治宣传工作情况，本年度没有可用数据）
{{/EMPTY}}
{{#DISTRICT_REPORT}}
| values C
| normalised C
{{/DISTRICT_REPORT}}
{{/SECTION_C}}
{{#SECTION_D}}
### {{ORDINAL}}健全公共法律服务，用好法律顾问和法律明白人
{{#ANY}}
　　{{#counsel_villages_covered}}“一村（社区）一法律顾问”覆盖村（社区）{{FIGURE}}{{NOTE}}；{{/counsel_villages_covered}}
{{#counsel_persons}}聘任村（社区）法律顾问{{FIGURE}}{{NOTE}}；{{/counsel_persons}}
{{#gov_counsel_persons}}聘任党委政府法律顾问{{FIGURE}}{{NOTE}}；{{/gov_counsel_persons}}
{{#counsel_visits}}法律顾问坐班（进村）{{FIGURE}}{{NOTE}}；{{/counsel_visits}}
{{#counsel_service_hours}}法律顾问服务{{FIGURE}}{{NOTE}}；{{/counsel_service_hours}}
{{#counsel_consultations}}法律顾问解答咨询{{FIGURE}}{{NOTE}}；{{/counsel_consultations}}
{{#counsel_documents}}法律顾问审查（起草）文书{{FIGURE}}{{NOTE}}；{{/counsel_documents}}
{{#counsel_lectures}}法律顾问举办法治讲座{{FIGURE}}{{NOTE}}；{{/counsel_lectures}}
{{#counsel_mediations}}法律顾问参与调解{{FIGURE}}{{NOTE}}；{{/counsel_mediations}}
{{#law_savvy_persons}}培养法律明白人{{FIGURE}}{{NOTE}}；{{/law_savvy_persons}}
{{#law_savvy_per_village}}村均法律明白人{{FIGURE}}{{NOTE}}；{{/law_savvy_per_village}}
{{#law_savvy_trained}}培训法律明白人{{FIGURE}}{{NOTE}}；{{/law_savvy_trained}}
{{#legal_aid_cases}}办理法律援助案件{{FIGURE}}{{NOTE}}；{{/legal_aid_cases}}
{{#enterprise_services}}开展涉企法律服务{{FIGURE}}{{NOTE}}；{{/enterprise_services}}
。
{{/ANY}}
{{#OTHERS}}
　　此外，{{LIST}}。
{{/OTHERS}}
{{#ZEROS}}
　　以下事项为零：{{LIST}}。
{{/ZEROS}}
{{#UNREPORTED}}
　　以下数据未报：{{LIST}}。
{{/UNREPORTED}}
{{#EMPTY}}
! （此处由撰写人补充：公共法律服务工作情况，本年度没有可用数据）
{{/EMPTY}}
{{#DISTRICT_REPORT}}
| values D
| normalised D
{{/DISTRICT_REPORT}}
{{/SECTION_D}}
{{#SECTION_E}}
### {{ORDINAL}}严格合法性审查，推进依法决策
{{#ANY}}
　　{{#reviews_total}}开展合法性审查{{FIGURE}}{{NOTE}}，{{/reviews_total}}
{{#reviews_major_decisions}}其中重大行政决策审查{{FIGURE}}{{NOTE}}，{{/reviews_major_decisions}}
{{#reviews_norm_docs}}行政规范性文件审查{{FIGURE}}{{NOTE}}，{{/reviews_norm_docs}}
{{#reviews_contracts}}合同（协议）审查{{FIGURE}}{{NOTE}}；{{/reviews_contracts}}
{{#review_opinions}}提出审查意见{{FIGURE}}{{NOTE}}；{{/review_opinions}}
{{#review_coverage_rate}}合法性审查覆盖率{{FIGURE}}{{NOTE}}；{{/review_coverage_rate}}
{{#village_rules_reviewed}}审查修订村规民约{{FIGURE}}{{NOTE}}；{{/village_rules_reviewed}}
。
{{/ANY}}
{{#OTHERS}}
　　此外，{{LIST}}。
{{/OTHERS}}
{{#ZEROS}}
　　以下事项为零：{{LIST}}。
{{/ZEROS}}
{{#UNREPORTED}}
　　以下数据未报：{{LIST}}。
{{/UNREPORTED}}
{{#EMPTY}}
! （此处由撰写人补充：合法性审查工作情况，本年度没有可用数据）
{{/EMPTY}}
{{#DISTRICT_REPORT}}
| values E
| normalised E
{{/DISTRICT_REPORT}}
{{/SECTION_E}}
{{#SECTION_F}}
### {{ORDINAL}}规范行政执法，严格公正文明执法
{{#ANY}}
　　{{#enforcement_officers}}现有持行政执法证人员{{FIGURE}}{{NOTE}}；{{/enforcement_officers}}
{{#enforcement_training}}组织执法培训{{FIGURE}}{{NOTE}}；{{/enforcement_training}}
{{#enforcement_inspections}}开展行政检查{{FIGURE}}{{NOTE}}；{{/enforcement_inspections}}
{{#joint_enforcement}}开展联合执法{{FIGURE}}{{NOTE}}；{{/joint_enforcement}}
{{#enforcement_patrol_attendance}}出动执法人员{{FIGURE}}{{NOTE}}；{{/enforcement_patrol_attendance}}
{{#penalty_cases}}办理行政处罚案件{{FIGURE}}{{NOTE}}；{{/penalty_cases}}
{{#penalty_amount}}罚没金额{{FIGURE}}{{NOTE}}；{{/penalty_amount}}
{{#permits_issued}}办理行政许可{{FIGURE}}{{NOTE}}；{{/permits_issued}}
{{#case_file_reviews}}评查执法案卷{{FIGURE}}{{NOTE}}；{{/case_file_reviews}}
。
{{/ANY}}
{{#OTHERS}}
　　此外，{{LIST}}。
{{/OTHERS}}
{{#ZEROS}}
　　以下事项为零：{{LIST}}。
{{/ZEROS}}
{{#UNREPORTED}}
　　以下数据未报：{{LIST}}。
{{/UNREPORTED}}
{{#EMPTY}}
! （此处由撰写人补充：行政执法工作情况，本年度没有可用数据）
{{/EMPTY}}
{{#DISTRICT_REPORT}}
| values F
| normalised F
{{/DISTRICT_REPORT}}
{{/SECTION_F}}
{{#SECTION_G}}
### {{ORDINAL}}化解矛盾纠纷，维护社会和谐稳定
{{#ANY}}
　　{{#mediation_committees}}建有人民调解委员会{{FIGURE}}{{NOTE}}；{{/mediation_committees}}
{{#mediators}}现有人民调解员{{FIGURE}}{{NOTE}}；{{/mediators}}
{{#disputes_found}}排查矛盾纠纷{{FIGURE}}{{NOTE}}；{{/disputes_found}}
{{#mediation_cases}}受理调解案件{{FIGURE}}{{NOTE}}；{{/mediation_cases}}
{{#mediation_success}}调解成功{{FIGURE}}{{NOTE}}，{{/mediation_success}}
{{#mediation_oral}}其中达成口头协议{{FIGURE}}{{NOTE}}，{{/mediation_oral}}
{{#mediation_written}}书面协议{{FIGURE}}{{NOTE}}；{{/mediation_written}}
{{#mediation_success_rate}}调解成功率{{FIGURE}}{{NOTE}}；{{/mediation_success_rate}}
{{#petitions_handled}}办理信访件、12345工单{{FIGURE}}{{NOTE}}；{{/petitions_handled}}
{{#petition_close_rate}}信访工单办结率{{FIGURE}}{{NOTE}}；{{/petition_close_rate}}
。
{{/ANY}}
{{#OTHERS}}
　　此外，{{LIST}}。
{{/OTHERS}}
{{#ZEROS}}
　　以下事项为零：{{LIST}}。
{{/ZEROS}}
{{#UNREPORTED}}
　　以下数据未报：{{LIST}}。
{{/UNREPORTED}}
{{#EMPTY}}
! （此处由撰写人补充：矛盾纠纷化解工作情况，本年度没有可用数据）
{{/EMPTY}}
{{#DISTRICT_REPORT}}
| values G
| normalised G
{{/DISTRICT_REPORT}}
{{/SECTION_G}}
{{#SECTION_H}}
### {{ORDINAL}}接受监督，做好复议应诉和政务公开
{{#ANY}}
　　{{#reconsideration_cases}}作为被申请人的行政复议案件{{FIGURE}}{{NOTE}}；{{/reconsideration_cases}}
{{#litigation_cases}}行政应诉案件{{FIGURE}}{{NOTE}}；{{/litigation_cases}}
{{#litigation_head_appearance_rate}}负责人出庭应诉率{{FIGURE}}{{NOTE}}；{{/litigation_head_appearance_rate}}
{{#info_disclosed}}主动公开政府信息{{FIGURE}}{{NOTE}}；{{/info_disclosed}}
{{#service_items_handled}}办理政务（便民）服务事项{{FIGURE}}{{NOTE}}；{{/service_items_handled}}
。
{{/ANY}}
{{#OTHERS}}
　　此外，{{LIST}}。
{{/OTHERS}}
{{#ZEROS}}
　　以下事项为零：{{LIST}}。
{{/ZEROS}}
{{#UNREPORTED}}
　　以下数据未报：{{LIST}}。
{{/UNREPORTED}}
{{#EMPTY}}
! （此处由撰写人补充：复议应诉和政务公开工作情况，本年度没有可用数据）
{{/EMPTY}}
{{#DISTRICT_REPORT}}
| values H
| normalised H
{{/DISTRICT_REPORT}}
{{/SECTION_H}}
