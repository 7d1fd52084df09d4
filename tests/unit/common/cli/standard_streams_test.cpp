#include "common/cli/standard_streams.hpp"

#include <array>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace dossier;

TEST_SUITE("common/cli/standard streams") {
    TEST_CASE(
        "no file that is opened gets the number of a closed stream, and printing still fails") {
        for (const int closed : std::array{STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
            CAPTURE(closed);
            const pid_t child = fork();
            if (child == 0) {
                ::close(closed);
                cli::hold_standard_streams();
                const int opened = ::open("/dev/zero", O_RDWR);
                const bool apart = opened > STDERR_FILENO;
                const bool fails = ::write(closed, "x", 1) == -1;
                _exit(apart && (fails || closed == STDIN_FILENO) ? 0 : 1);
            }
            int status = 0;
            REQUIRE(::waitpid(child, &status, 0) == child);
            CHECK(WIFEXITED(status));
            CHECK(WEXITSTATUS(status) == 0);
        }
    }
}
