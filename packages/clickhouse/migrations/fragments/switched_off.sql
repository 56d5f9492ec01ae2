-- Which codes are off on which devices at `to`, by the last that was set or read. For a FROM, within parentheses.
SELECT device, code FROM ${database}.device_history
        WHERE event = 'alert-behaviour' AND effective_at < {to:DateTime64(3, 'UTC')}
        GROUP BY device, code
        HAVING argMax(setting, (effective_at, stream, partition, offset)) = 'off'
