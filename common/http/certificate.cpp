#include "common/http/certificate.hpp"

#include <array>
#include <cerrno>
#include <memory>
#include <stdexcept>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/descriptor.hpp"
#include "common/base/input_file.hpp"
#include "common/base/reason.hpp"

namespace dossier::http {
namespace {

constexpr std::size_t kPemBytesMax = std::size_t{256} * 1024;

/// What OpenSSL makes, freed the way it wants.
template <auto free_it>
struct Freed {
    template <class T>
    void operator()(T* made) const {
        free_it(made);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;
using Address = std::unique_ptr<ASN1_OCTET_STRING, Freed<ASN1_OCTET_STRING_free>>;

void must(bool done) {
    if (done) return;
    ERR_clear_error();
    throw std::runtime_error("OpenSSL cannot make a certificate");
}

Bio reader(std::string_view text) {
    Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    must(bio != nullptr);
    return bio;
}

std::string text_in(const Bio& bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

/// Nobody is asked for a passphrase on the terminal of a server.
int no_passphrase(char*, int, int, void*) {
    return -1;
}

Certificate certificate_in(std::string_view pem) {
    Certificate found(PEM_read_bio_X509(reader(pem).get(), nullptr, no_passphrase, nullptr));
    ERR_clear_error();
    return found;
}

Key key_in(std::string_view pem) {
    Key found(PEM_read_bio_PrivateKey(reader(pem).get(), nullptr, no_passphrase, nullptr));
    ERR_clear_error();
    return found;
}

/// "DNS:name" or "IP:address", as the extension is written.
std::string alternative(const std::string& name) {
    constexpr std::string_view kAllowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:";
    if (name.empty() || name.find_first_not_of(kAllowed) != std::string::npos)
        throw std::invalid_argument("no host name");
    const Address address(a2i_IPADDRESS(name.c_str()));
    ERR_clear_error();
    if (address == nullptr && name.find(':') != std::string::npos)
        throw std::invalid_argument("no host name");
    return (address == nullptr ? "DNS:" : "IP:") + name;
}

void extend(X509* certificate, int kind, const std::string& value) {
    const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str()));
    must(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1);
}

void name_it(X509* certificate, const std::string& name) {
    constexpr std::size_t kNameMax = 64;  // X.520
    const std::string shortened = name.substr(0, kNameMax);
    X509_NAME* subject = X509_get_subject_name(certificate);
    must(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                                    reinterpret_cast<const unsigned char*>(shortened.data()),
                                    static_cast<int>(shortened.size()), -1, 0) == 1);
    must(X509_set_issuer_name(certificate, subject) == 1);
}

void number_it(X509* certificate) {
    std::array<unsigned char, 16> serial{};
    must(RAND_bytes(serial.data(), static_cast<int>(serial.size())) == 1);
    serial[0] = static_cast<unsigned char>((serial[0] & 0x3FU) | 0x40U);  // positive, full length
    const std::unique_ptr<BIGNUM, Freed<BN_free>> number(
        BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr));
    must(number != nullptr &&
         BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr);
}

void date_it(X509* certificate, Instant now, std::chrono::days lasts) {
    const auto seconds = [](Instant instant) {
        return static_cast<std::time_t>(instant.ms / 1000);
    };
    const Instant begin = now.plus(-std::chrono::days(1));
    must(ASN1_TIME_set(X509_getm_notBefore(certificate), seconds(begin)) != nullptr);
    must(ASN1_TIME_set(X509_getm_notAfter(certificate), seconds(now.plus(lasts))) != nullptr);
}

std::string date_text(const ASN1_TIME* time) {
    const Bio bio(BIO_new(BIO_s_mem()));
    must(bio != nullptr && ASN1_TIME_print(bio.get(), time) == 1);
    return text_in(bio);
}

Result<std::string> file_text(const std::string& path) {
    const Descriptor file(open_unwaiting(path));
    if (file.number() < 0) return fail(kCannotReadPem, path, reason_of(errno));
    std::string text(kPemBytesMax, '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        const auto more = ::read(file.number(), text.data() + size, text.size() - size);
        if (more < 0) return fail(kCannotReadPem, path, reason_of(errno));
        if (more == 0) break;
        size += static_cast<std::size_t>(more);
    }
    text.resize(size);
    return text;
}

bool is_open_to_all(const std::string& path) {
    struct stat about {};
    return ::stat(path.c_str(), &about) == 0 && (about.st_mode & S_IRWXO) != 0;
}

Status check_valid(X509* certificate, const std::string& path, Instant now) {
    auto at = static_cast<std::time_t>(now.ms / 1000);
    const ASN1_TIME* begin = X509_get0_notBefore(certificate);
    const ASN1_TIME* end = X509_get0_notAfter(certificate);
    if (X509_cmp_time(begin, &at) < 0 && X509_cmp_time(end, &at) > 0) return {};
    return fail(kCertificateOver, path, date_text(begin), date_text(end));
}

}  // namespace

Pem::Pem(std::string certificate_text, std::string key_text)
    : certificate(std::move(certificate_text)), key(std::move(key_text)) {}

Pem::~Pem() {
    OPENSSL_cleanse(key.data(), key.size());
}

Pem make_self_signed(const std::vector<std::string>& names, Instant now, std::chrono::days lasts) {
    if (names.empty()) throw std::invalid_argument("a certificate for no name");
    std::string alternatives;
    for (const std::string& each : names)
        alternatives += (alternatives.empty() ? "" : ",") + alternative(each);
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    must(key != nullptr && certificate != nullptr);
    must(X509_set_version(certificate.get(), X509_VERSION_3) == 1);
    number_it(certificate.get());
    date_it(certificate.get(), now, lasts);
    name_it(certificate.get(), names.front());
    must(X509_set_pubkey(certificate.get(), key.get()) == 1);
    extend(certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
    extend(certificate.get(), NID_key_usage, "critical,digitalSignature");
    extend(certificate.get(), NID_ext_key_usage, "serverAuth");
    extend(certificate.get(), NID_subject_alt_name, alternatives);
    must(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
    const Bio certificate_text(BIO_new(BIO_s_mem()));
    const Bio key_text(BIO_new(BIO_s_secmem()));
    must(certificate_text != nullptr && key_text != nullptr);
    must(PEM_write_bio_X509(certificate_text.get(), certificate.get()) == 1);
    must(PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                  nullptr) == 1);
    return {text_in(certificate_text), text_in(key_text)};
}

Result<Pem> load_pem(const std::string& certificate_path,
                     const std::string& key_path,
                     Instant now) {
    auto certificate_text = file_text(certificate_path);
    if (!certificate_text) return pass(certificate_text);
    auto key_text = file_text(key_path);
    if (!key_text) return pass(key_text);
    Pem pem(std::move(*certificate_text), std::move(*key_text));
    if (is_open_to_all(key_path)) return fail(kOpenPrivateKey, key_path);
    const Certificate certificate = certificate_in(pem.certificate);
    if (certificate == nullptr) return fail(kNoCertificate, certificate_path);
    const Key key = key_in(pem.key);
    if (key == nullptr) return fail(kNoPrivateKey, key_path);
    const bool is_pair = X509_check_private_key(certificate.get(), key.get()) == 1;
    ERR_clear_error();
    if (!is_pair) return fail(kForeignPrivateKey, key_path, certificate_path);
    if (auto valid = check_valid(certificate.get(), certificate_path, now); !valid)
        return pass(valid);
    return pem;
}

std::optional<std::string> fingerprint(std::string_view pem) {
    const Certificate certificate = certificate_in(pem);
    if (certificate == nullptr) return std::nullopt;
    std::array<unsigned char, 32> digest{};
    unsigned size = 0;
    must(X509_digest(certificate.get(), EVP_sha256(), digest.data(), &size) == 1);
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string text;
    for (const unsigned char each : digest) {
        if (!text.empty()) text += ':';
        text += kHex[each >> 4U];
        text += kHex[each & 15U];
    }
    return text;
}

}  // namespace dossier::http
