// Documents of a customer's file: attachment. Its content is not a field: the field `content`
// names it, its bytes travel and lie on their own (common/content). Source: domain 2.4.1.
#pragma once

#include "common/catalog/table.hpp"

namespace dossier::catalog {

/// Bytes one attachment may have.
inline constexpr std::int64_t kContentBytesMax = 50LL * 1024 * 1024;
/// The largest content a laptop receives without an offline grant. Source: domain 2.4.1 content.
inline constexpr std::int64_t kOfflineContentBytesMax = 5LL * 1024 * 1024;

namespace choices {

inline constexpr std::array kDocKind{
    Choice{"id_proof", {"身份证明", "proof of identity"}},
    Choice{"business_licence", {"营业执照", "business licence"}},
    Choice{"tax_certificate", {"税务登记证", "tax certificate"}},
    Choice{"qualification", {"资质", "qualification"}},
    Choice{"contract_scan", {"合同扫描件", "scan of a contract"}},
    Choice{"agreement", {"协议", "agreement"}},
    Choice{"quotation", {"报价单", "quotation"}},
    Choice{"company_history", {"公司沿革", "company history"}},
    Choice{"profile", {"公司概况", "company profile"}},
    Choice{"annual_accounts", {"年度决算", "annual accounts"}},
    Choice{"product_guide", {"产品指南", "product guide"}},
    Choice{"catalogue", {"产品目录", "catalogue"}},
    Choice{"customer_form", {"客户填表", "form filled in by the customer"}},
    Choice{"business_card", {"名片", "business card"}},
    Choice{"brochure", {"宣传册", "brochure"}},
    Choice{"minutes", {"会议纪要", "minutes"}},
    Choice{"photo", {"照片", "photo"}},
    Choice{"completion_doc", {"竣工文档", "completion document"}},
    Choice{"move_in", {"入住资料", "move-in papers"}},
    Choice{"fit_out", {"二装资料", "fit-out papers"}},
    Choice{"letter", {"往来函", "letter"}},
    Choice{"request_form", {"申请单", "request form"}},
    Choice{"survey", {"调查资料", "survey"}},
    Choice{"destruction_certificate", {"销毁证明", "certificate of destruction"}},
    Choice{"operation_plan", {"业务运作方案", "operation plan"}},
    Choice{"construction_record", {"施工记录", "construction record"}},
    Choice{"internal_doc", {"内部文件", "internal document"}},
    Choice{"other", {"其他", "other"}},
};
/// The formats that are taken; common/content/media.hpp tells them by their first bytes.
inline constexpr std::array kMediaType{
    Choice{"application/pdf", {"PDF", "PDF"}},
    Choice{"application/ofd", {"OFD", "OFD"}},
    Choice{"image/jpeg", {"JPEG 图片", "JPEG image"}},
    Choice{"image/png", {"PNG 图片", "PNG image"}},
    Choice{"image/webp", {"WebP 图片", "WebP image"}},
    Choice{"image/tiff", {"TIFF 图片", "TIFF image"}},
    Choice{"image/heic", {"HEIC 图片", "HEIC image"}},
    Choice{"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
           {"Word 文档", "Word document"}},
    Choice{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
           {"Excel 表格", "Excel sheet"}},
    Choice{"application/vnd.openxmlformats-officedocument.presentationml.presentation",
           {"PowerPoint 演示", "PowerPoint slides"}},
    Choice{"application/msword", {"Word 97 文档", "Word 97 document"}},
    Choice{"application/vnd.ms-excel", {"Excel 97 表格", "Excel 97 sheet"}},
    Choice{"application/vnd.ms-powerpoint", {"PowerPoint 97 演示", "PowerPoint 97 slides"}},
    Choice{"text/plain", {"文本", "text"}},
    Choice{"text/csv", {"CSV 表格", "CSV table"}},
    Choice{"image/bmp", {"BMP 图片", "BMP image"}},
    Choice{"image/gif", {"GIF 图片", "GIF image"}},
    Choice{"application/wps-office.wps", {"WPS 文字", "WPS document"}},
    Choice{"application/wps-office.et", {"WPS 表格", "WPS sheet"}},
    Choice{"application/zip", {"ZIP 压缩包", "ZIP archive"}},
    Choice{"application/vnd.rar", {"RAR 压缩包", "RAR archive"}},
    Choice{"message/rfc822", {"邮件", "email"}},
    Choice{"audio/mp4", {"录音", "recording"}},
};
/// Of an operation plan. Source: domain R-021.
inline constexpr std::array kPlanState{
    Choice{"draft", {"未送审", "not sent to review"}},
    Choice{"in_review", {"审核中", "in review"}},
    Choice{"agreed", {"已通过", "agreed to"}},
    Choice{"returned", {"退回完善", "sent back"}},
};
inline constexpr std::array kCopyPolicy{
    Choice{"free", {"可复制", "free"}},
    Choice{"approval", {"须审批", "needs approval"}},
    Choice{"never", {"不得复制", "never"}},
};

}  // namespace choices

namespace table {

// version_of_id is append-only as a whole, as in activity.hpp: written once.
// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kAttachmentFields{
    row(16, "customer_id",   {"客户", "Customer"}, ref("customer"),                    k0, O|S|I|K, IM, kOn, {.required = true}),
    row(17, "doc_kind",      {"文件类别", "Kind of document"}, one_of(choices::kDocKind), k0, O|S|I|K, HA, kOn, {.required = true, .preset = "other"}),
    row(18, "title",         {"题名", "Title"}, text(200),                             k0, O|S|I|K, LW, kOn, {.required = true}),
    row(19, "doc_date",      {"文件日期", "Date of the document"}, date(),             k0, O|S|I|K, LW, kOn, {.required = true, .preset = "today"}),
    row(20, "is_original",   {"原件", "Original"}, kYesNo,                             k0, I|K, SV, kOn),
    row(21, "file_name",     {"文件名", "File name"}, text(200, Check::FileName),      k0, Y, IM, kOn, {.required = true}),
    row(22, "media_type",    {"格式", "Format"}, one_of(choices::kMediaType),          k0, Y, IM, kOn, {.required = true}),
    row(23, "size",          {"大小（字节）", "Size in bytes"}, whole(1, kContentBytesMax), k0, Y, IM, kOn, {.required = true}),
    row(24, "content",       {"内容摘要", "Content digest"}, text(64, Check::ContentId), k0, Y, IM, kOn, {.required = true}),
    row(25, "version_of_id", {"前版", "Version of"}, ref("attachment"),                k0, O|S|I|K, IM, kOn),
    row(26, "copy_policy",   {"可否复制", "May be copied"}, one_of(choices::kCopyPolicy), k0, C|K, SV, kOn),
    row(27, "is_current",    {"现行版", "Current version"}, kYesNo,                    k0, I|K|C, LW, kOn),
    row(28, "plan_state",    {"方案审核", "Review of the plan"}, one_of(choices::kPlanState), k0, W, SV, kOn),
    row(29, "reviewed_by",   {"方案审核人", "Plan reviewed by"}, ref("user"),          k0, W, SV, kOn),
    row(30, "review_remark", {"审核意见", "Remark of the review"}, text(500),          k0, W, SV, kOn),
};
// clang-format on

}  // namespace table

inline constexpr Kind kAttachment{
    .tag = 40,
    .name = "attachment",
    .label = {"附件", "Attachment"},
    .fields = table::kAttachmentFields,
    .level = Level::L1,
    .belongs = Belongs::Customer,
    .parent = "customer_id",
    .title = "title",
    .list_columns = "doc_date|customer_id|doc_kind|title|file_name|size",
    .list_order = "doc_date",
    .newest_first = true,
    .taken_back = true,
    .version_of = "version_of_id",
    .content = "content"};

}  // namespace dossier::catalog
